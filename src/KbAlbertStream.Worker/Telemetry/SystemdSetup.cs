using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;

namespace KbAlbertStream.Worker.Telemetry;

/// <summary>Tells systemd about the service's life, when it was started with <c>Type=notify</c>.</summary>
internal static class SystemdSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddHostedService<SystemdReport>();
    }
}
