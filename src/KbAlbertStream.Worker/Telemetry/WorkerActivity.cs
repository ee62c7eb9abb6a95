using System.Diagnostics;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Telemetry;

/// <summary>One trace a batch, from its cut to its durable rows. Positions and counts only.</summary>
internal static class WorkerActivity
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "KbAlbertStream";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a batch's trace; null when nobody listens.</summary>
    public static Activity? StartBatch(RecordBatch batch)
    {
        // Not current: the batch moves from task to task, and the next one begins before this one ends.
        var before = Activity.Current;
        var activity = Source.StartActivity("batch", ActivityKind.Consumer);
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

    /// <summary>Ends it.</summary>
    public static void End(Activity? activity, WriteResult result)
    {
        activity?.SetTag("kbas.rows", result.Inserted);
        activity?.SetTag("kbas.duplicates", result.Duplicates);
        activity?.SetTag("kbas.dead_letters", result.DeadLetters);
        activity?.Dispose();
    }
}
