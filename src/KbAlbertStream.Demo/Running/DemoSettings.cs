using System.Security.Cryptography;
using KbAlbertStream.Demo.Samples;
using KbAlbertStream.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Demo.Running;

/// <summary>
/// The configuration of the demo's worker: what the user set (file, environment, <c>--set</c>), and what a demo needs
/// where the user said nothing.
/// </summary>
internal sealed class DemoSettings
{
    private readonly DemoOptions _options;
    private readonly IConfigurationRoot _users;

    public DemoSettings(DemoOptions options)
    {
        _options = options;
        var builder = new ConfigurationBuilder();
        if (options.Config is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(options.Config), optional: true);
        }

        var pairs = options.Settings.Select(setting => setting.Split('=', 2)).Where(pair => pair.Length == 2);
        _users = builder.AddEnvironmentVariables()
            .AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
            .Build();
    }

    /// <summary>The brokers that the user configured; null for none.</summary>
    public string? BootstrapServers => _users["Kafka:BootstrapServers"];

    /// <summary>The database that the user configured; null for none.</summary>
    public string? ConnectionString => _users["Database:ConnectionString"];

    /// <summary>The whole configuration, with the two servers.</summary>
    /// <exception cref="InvalidConfigurationException">The user's file or a setting cannot be read.</exception>
    public IConfigurationRoot Build(string bootstrapServers, string connectionString)
    {
        Dictionary<string, string?> needs = new()
        {
            ["Kafka:BootstrapServers"] = bootstrapServers,
            ["Database:ConnectionString"] = connectionString,
            ["Text:HashKey"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
            ["Institutions:Dictionary"] = SampleFolder.Shipped.Dictionary,
            ["Complaints:DefaultInstitution"] = new SampleOptions().DefaultInstitution,
            ["Service:Urls"] = "http://127.0.0.1:0",

            // The stream is weeks old by the wall clock, and its detector's clock must stop where the stream does.
            ["Alerting:MaxAge"] = "00:00:00",
            ["Alerting:FollowWallClock"] = "false",
            ["Alerting:PollInterval"] = "00:00:00.500",
        };
        return ConfigurationSources.Build(_options.Config, _options.Settings, needs);
    }
}
