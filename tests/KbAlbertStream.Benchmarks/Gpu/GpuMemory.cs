using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>What is in use on the first GPU and in this process.</summary>
internal static class GpuMemory
{
    /// <summary>As <c>nvidia-smi</c> and the kernel say, in MiB; a dash where there is no GPU.</summary>
    public static (string Gpu, string Resident) Used()
    {
        var resident = Pipeline.ProcessUse.Memory(Environment.ProcessId).Now;
        return (OnGpu(), resident.ToString("F0", CultureInfo.InvariantCulture));
    }

    private static string OnGpu()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                "nvidia-smi", ["--query-gpu=memory.used", "--format=csv,noheader,nounits", "--id=0"])
            {
                RedirectStandardOutput = true,
            })!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (Win32Exception)
        {
            return "-";
        }
    }
}
