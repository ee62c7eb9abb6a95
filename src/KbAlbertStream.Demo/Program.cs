using KbAlbertStream.Core.Entities;
using KbAlbertStream.Demo;
using KbAlbertStream.Demo.Postgres;
using KbAlbertStream.Demo.Replay;
using KbAlbertStream.Demo.Running;
using KbAlbertStream.Worker.Commands;
using KbAlbertStream.Worker.Configuration;

// The only place that catches everything: what arrives here is known and has its sentence, or is a bug and ends with 1.
try
{
    return await DemoCommand.Build().Parse(args).InvokeAsync(new()
    {
        EnableDefaultExceptionHandler = false,

        // After Ctrl-C: long enough for worker and database to stop in order; the default of two seconds cuts them short.
        ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
    });
}
catch (Exception known) when (known is StreamFileException or PostgresUnavailableException or DemoException
    or InvalidConfigurationException or UnusableFileException or InvalidDictionaryException)
{
    await Console.Error.WriteLineAsync(known.Message);
    return 2;
}
#pragma warning disable CA1031 // See above.
catch (Exception unexpected)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"Unexpected: {unexpected}");
    return 1;
}
