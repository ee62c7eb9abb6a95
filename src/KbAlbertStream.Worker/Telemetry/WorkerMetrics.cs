using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Telemetry;

/// <summary>The service's figures, all of one meter. Names and codes only: no tag holds content of a message.</summary>
internal sealed class WorkerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KbAlbertStream";

    private readonly Meter _meter;
    private readonly Counter<long> _records;
    private readonly Counter<long> _batches;
    private readonly Histogram<int> _batchRecords;
    private readonly Counter<long> _rejects;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _withdrawals;
    private readonly Counter<long> _masked;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _kafkaErrors;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _gapRecords;
    private readonly Counter<long> _displaced;
    private readonly Histogram<double> _stage;
    private readonly Histogram<double> _delay;
    private readonly Histogram<double> _padding;
    private readonly ConcurrentDictionary<(string Topic, int Partition), long> _lag = new();
    private readonly Counter<long> _replays;
    private volatile bool _paused;
    private volatile int _isolated;

    /// <summary>Makes the instruments. The factory keeps the meters of several services in one process apart.</summary>
    public WorkerMetrics(IMeterFactory factory, Progress progress)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _meter = factory.Create(MeterName);
        _records = _meter.CreateCounter<long>("kbas.records", "{record}", "Records read, by kind");
        _batches = _meter.CreateCounter<long>("kbas.batches", "{batch}", "Batches cut, by reason");
        _batchRecords = _meter.CreateHistogram<int>("kbas.batch.records", "{record}", "Records in a batch");
        _rejects = _meter.CreateCounter<long>("kbas.rejects", "{record}", "Dead letters, by kind and reason");
        _rows = _meter.CreateCounter<long>("kbas.rows", "{row}", "Scored rows written, by kind");
        _withdrawals = _meter.CreateCounter<long>("kbas.withdrawals", "{record}", "Records that take a text back, by kind");
        _masked = _meter.CreateCounter<long>("kbas.masked", "{value}", "Values of personal data masked, by type");
        _retries = _meter.CreateCounter<long>("kbas.retries", "{retry}", "Retries of a stage, by stage and code");
        _kafkaErrors = _meter.CreateCounter<long>("kbas.kafka.errors", "{error}", "Non-fatal errors of the Kafka clients");
        _gaps = _meter.CreateCounter<long>("kbas.gaps", "{gap}", "Ranges that were gone before they were read");
        _gapRecords = _meter.CreateCounter<long>("kbas.gap.records", "{record}", "Offsets in these ranges");
        _displaced = _meter.CreateCounter<long>(
            "kbas.partitions.displaced", "{partition}", "Partitions read again from the stored position, by reason");
        _stage = _meter.CreateHistogram<double>("kbas.stage", "s", "Seconds a batch spends in a stage");
        _delay = _meter.CreateHistogram<double>("kbas.delay", "s", "From the record's timestamp to its durable row");
        _padding = _meter.CreateHistogram<double>("kbas.padding", "1", "Share of attention spent on padding");
        _replays = _meter.CreateCounter<long>("kbas.replays", "{record}", "Replayed dead letters read, by seal: valid, forged");
        _meter.CreateObservableGauge(
            "kbas.isolated", () => _isolated, "{partition}", "Partitions whose records are taken one by one after crashes");
        _meter.CreateObservableGauge("kbas.lag", ObserveLag, "{record}", "Records not yet written, by partition");
        _meter.CreateObservableGauge(
            "kbas.partitions.refused", () => progress.Refused.Count, "{partition}", "Partitions an operator must decide about");
        _meter.CreateObservableGauge("kbas.paused", () => _paused ? 1 : 0, "1", "1 while reading is paused");
        _meter.CreateObservableGauge(
            "kbas.progress.age", () => progress.Age.TotalSeconds, "s", "Seconds since the service last got on");
    }

    /// <summary>Whether reading is paused.</summary>
    public bool Paused
    {
        get => _paused;
        set => _paused = value;
    }

    /// <summary>How many partitions are read one record at a time.</summary>
    public int Isolated
    {
        get => _isolated;
        set => _isolated = value;
    }

    public void Replayed(bool valid) => _replays.Add(1, Tag("seal", valid ? "valid" : "forged"));

    public void RecordRead(MessageKind kind) => _records.Add(1, Tag("kind", kind.ToWireName()));

    public void BatchCut(CutReason reason, int records)
    {
        _batches.Add(1, Tag("reason", reason.ToString().ToLowerInvariant()));
        _batchRecords.Record(records);
    }

    public void Rejected(MessageKind kind, RejectReason reason) =>
        _rejects.Add(1, Tag("kind", kind.ToWireName()), Tag("reason", reason.ToString()));

    public void RowsWritten(MessageKind kind, long rows) => _rows.Add(rows, Tag("kind", kind.ToWireName()));

    public void Withdrawn(MessageKind kind, long records) => _withdrawals.Add(records, Tag("kind", kind.ToWireName()));

    public void Masked(string type, int values) => _masked.Add(values, Tag("type", type));

    public void Retried(string stage, string code) => _retries.Add(1, Tag("stage", stage), Tag("code", code));

    public void KafkaError(string client, ErrorCode code) =>
        _kafkaErrors.Add(1, Tag("client", client), Tag("code", code.ToString()));

    public void GapFound(long records)
    {
        _gaps.Add(1);
        _gapRecords.Add(records);
    }

    public void Displaced(DisplacementReason reason) =>
        _displaced.Add(1, Tag("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString())));

    public void StageTook(string stage, TimeSpan time) => _stage.Record(time.TotalSeconds, Tag("stage", stage));

    public void Delay(TimeSpan delay) => _delay.Record(delay.TotalSeconds);

    public void Padding(double share) => _padding.Record(share);

    public void Lag(string topic, int partition, long records) => _lag[(topic, partition)] = records;

    public void ForgetLag(string topic, int partition) => _lag.TryRemove((topic, partition), out _);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private IEnumerable<Measurement<long>> ObserveLag() => _lag.Select(pair => new Measurement<long>(
        pair.Value, Tag("topic", pair.Key.Topic), new KeyValuePair<string, object?>("partition", pair.Key.Partition)));
}
