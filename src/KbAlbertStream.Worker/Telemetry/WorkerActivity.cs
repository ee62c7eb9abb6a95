using System.Diagnostics;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Telemetry;

/// <summary>One trace a batch, from its first record to its commit, a span a step. Positions and counts only.</summary>
internal static class WorkerActivity
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "KbAlbertStream";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a batch's trace; null when nobody listens.</summary>
    public static Activity? StartBatch(RecordBatch batch, DateTimeOffset now)
    {
        // Not current: the batch moves from task to task, and the next one begins before this one ends. And without a
        // parent: a default context would take what is current for one.
        var before = Activity.Current;
        Activity.Current = null;
        var opened = now - batch.ReadFor;
        var activity = Source.StartActivity("batch", ActivityKind.Consumer, default(ActivityContext), startTime: opened);
        Source.StartActivity("read", ActivityKind.Internal, activity?.Context ?? default, startTime: opened)?.Dispose();
        Activity.Current = before;
        activity?.SetTag("messaging.system", "kafka");
        activity?.SetTag("messaging.batch.message_count", batch.Records.Length);
        activity?.SetTag("kbas.cut", batch.Reason.ToString());
        if (!batch.Records.IsEmpty)
        {
            activity?.SetTag("kbas.first", batch.Records[0].Position.ToString());
            activity?.SetTag("kbas.last", batch.Records[^1].Position.ToString());
        }

        return activity;
    }

    /// <summary>Begins a step of the batch whose trace is current.</summary>
    public static Activity? StartStep(string name) =>
        Activity.Current is { } batch ? StartStep(name, batch.Context) : null;

    /// <summary>Begins a step of a batch; null when its trace is not recorded.</summary>
    public static Activity? StartStep(string name, ActivityContext batch) =>
        batch == default ? null : Source.StartActivity(name, ActivityKind.Internal, batch);

    /// <summary>Ends it.</summary>
    public static void End(Activity? activity, WriteResult result)
    {
        activity?.SetTag("kbas.rows", result.Inserted);
        activity?.SetTag("kbas.duplicates", result.Duplicates);
        activity?.SetTag("kbas.dead_letters", result.DeadLetters);
        activity?.Dispose();
    }
}
