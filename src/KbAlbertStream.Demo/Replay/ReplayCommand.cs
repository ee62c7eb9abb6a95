using System.CommandLine;
using Confluent.Kafka;
using KbAlbertStream.Demo.Running;
using KbAlbertStream.Demo.Samples;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Demo.Replay;

/// <summary><c>replay</c>: publishes a stream to the configured broker and ends; a worker elsewhere reads it.</summary>
internal static class ReplayCommand
{
    public static Command Build()
    {
        var stream = new Option<string?>("--stream") { Description = "the stream instead of that of samples/", HelpName = "FILE" };
        var command = new Command("replay", "Publishes a stream to the broker in Kafka:BootstrapServers and ends.") { stream };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(stream), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? stream, CancellationToken cancellationToken)
    {
        var records = StreamFile.Read(stream ?? SampleFolder.Shipped.Stream);
        var users = new DemoSettings(new DemoOptions());
        var broker = users.BootstrapServers
            ?? throw new DemoException("Kafka:BootstrapServers is missing: set Kafka__BootstrapServers to the broker.");
        var topics = new TopicNames(WorkerSettings.Read(users.Build(broker, "-")).Kafka);
        var publisher = new StreamPublisher(new ClientConfig { BootstrapServers = broker }, topics.FirstOf);
        var positions = await publisher.PublishAsync(records, cancellationToken).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"{positions.Count} records published to {broker}.").ConfigureAwait(false);
        return 0;
    }
}
