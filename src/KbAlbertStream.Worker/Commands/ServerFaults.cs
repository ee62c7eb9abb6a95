using System.CommandLine;
using System.Net.Sockets;
using Confluent.Kafka;
using KbAlbertStream.Worker.Pipeline;
using Npgsql;

namespace KbAlbertStream.Worker.Commands;

/// <summary>What verbs do when a server refuses or does not answer: they say which and why, and do not wait.</summary>
internal static class ServerFaults
{
    /// <summary>Runs a verb's work.</summary>
    public static async Task<int> ReportAsync(ParseResult parsed, Func<Task<ExitCode>> work)
    {
        try
        {
            return (int)await work().ConfigureAwait(false);
        }
        catch (Exception fault) when (
            fault is NpgsqlException or SocketException or TimeoutException or KafkaException)
        {
            var reason = fault is PostgresException postgres ? postgres.MessageText : fault.Message;
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"A server did not do its part: {Retries.CodeOf(fault)}: {reason}").ConfigureAwait(false);
            return (int)ExitCode.ServerFault;
        }
    }
}
