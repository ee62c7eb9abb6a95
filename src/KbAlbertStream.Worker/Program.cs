using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Commands;
using KbAlbertStream.Worker.Configuration;

// The only place that catches everything: what arrives here is known and has its exit code, or is a bug and ends with 1.
try
{
    var parsed = CommandLine.Build().Parse(args);
    if (parsed.Errors.Count > 0)
    {
        foreach (var error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }

        return (int)ExitCode.WrongConfiguration;
    }

    // The host itself answers SIGTERM and Ctrl+C, in order and in its own time.
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (InvalidConfigurationException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return (int)ExitCode.WrongConfiguration;
}
catch (UnusableFileException unusable)
{
    await Console.Error.WriteLineAsync(unusable.Message);
    return (int)ExitCode.UnusableModel;
}
#pragma warning disable CA1031 // See above.
catch (Exception unexpected)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"Unexpected: {unexpected}");
    return (int)ExitCode.Unexpected;
}
