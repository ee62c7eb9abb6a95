using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>What processes used so far, from <c>/proc</c>.</summary>
internal static class ProcessUse
{
    // USER_HZ, which Linux fixes for what it shows to programs.
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds of a process, its threads included; 0 when it is gone.</summary>
    public static double CpuSeconds(int processId) => Ticks($"/proc/{processId}/stat") / TicksPerSecond;

    /// <summary>CPU seconds of a process' threads by the threads' names.</summary>
    public static Dictionary<string, double> CpuSecondsByThread(int processId)
    {
        var seconds = new Dictionary<string, double>();
        foreach (var task in Directory.EnumerateDirectories($"/proc/{processId}/task"))
        {
            try
            {
                var name = File.ReadAllText(Path.Combine(task, "comm")).Trim();
                seconds[name] = seconds.GetValueOrDefault(name) + (Ticks(Path.Combine(task, "stat")) / TicksPerSecond);
            }
            catch (IOException)
            {
                // The thread ended meanwhile.
            }
        }

        return seconds;
    }

    /// <summary>CPU seconds of all processes below one, those that ended and were waited for included.</summary>
    public static double CpuSecondsOfChildren(int processId)
    {
        var sum = TicksOfEnded($"/proc/{processId}/stat") / TicksPerSecond;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var child)
                && Fields($"/proc/{child}/stat") is { Length: > 2 } fields
                && fields[1] == processId.ToString(CultureInfo.InvariantCulture))
            {
                sum += CpuSeconds(child);
            }
        }

        return sum;
    }

    /// <summary>Resident memory now and at its highest, in MB of 1,048,576 bytes.</summary>
    public static (double Now, double Peak) Memory(int processId)
    {
        var lines = File.ReadAllLines($"/proc/{processId}/status");
        return (Of("VmRSS:"), Of("VmHWM:"));

        double Of(string name) =>
            double.Parse(
                lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture) / 1024;
    }

    private static double Ticks(string file) => Fields(file) is { Length: > 12 } fields
        ? double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)
        : 0;

    private static double TicksOfEnded(string file) => Fields(file) is { Length: > 14 } fields
        ? double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture)
        : 0;

    // After the name, which stands in brackets and may hold blanks: state, parent, ... user ticks 11, system ticks 12.
    private static string[] Fields(string file)
    {
        try
        {
            var line = File.ReadAllText(file);
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
