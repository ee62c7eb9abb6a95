using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>How busy the machine is: read a figure beside it.</summary>
internal static class MachineLoad
{
    /// <summary>The load average of the last minute, and what runs on whose account.</summary>
    public static string Now => string.Create(
        CultureInfo.InvariantCulture, $"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
}
