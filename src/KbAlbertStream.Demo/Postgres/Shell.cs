using System.ComponentModel;
using System.Diagnostics;

namespace KbAlbertStream.Demo.Postgres;

/// <summary>Runs programs to their end.</summary>
internal static class Shell
{
    /// <summary>True when a program of this name is on the PATH.</summary>
    public static bool Has(string program) => Find(program) is not null;

    /// <summary>The full path of a program on the PATH; null when there is none.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(directory => directory.Length > 0)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs a program with nothing on its input; a program that does not start gives code 127.</summary>
    public static Task<ShellResult> RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(new ProcessStartInfo(program, arguments), cancellationToken);

    /// <summary>Runs a program with nothing on its input; cancelling kills it.</summary>
    public static async Task<ShellResult> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ShellResult(127, e.Message);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ShellResult(process.ExitCode, await output + await error);
    }
}
