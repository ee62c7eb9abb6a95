using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Reads the topics and hands batches to the pipeline, in order and exactly as far as the pipeline keeps up.
/// </summary>
/// <remarks>
/// <para>
/// It owns a real thread, because Consume blocks and because a Kafka consumer is one state machine: poll, pause, seek and
/// commit from several threads race with the rebalance that only Consume delivers. No other thread touches the consumer.
/// </para>
/// <para>
/// One round: (1) take finished batches back and commit them, (2) look after partitions that lost their place,
/// (3) hand the open batch over when it is due, (4) decide how to hold back, (5) poll. At the end: (6) cut what is open,
/// wait for what is in flight, commit, leave the group.
/// </para>
/// </remarks>
internal sealed class KafkaSource
{
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BusyPoll = TimeSpan.FromMilliseconds(20);

    private readonly KafkaOptions _options;
    private readonly TopicNames _topics;
    private readonly TimeSpan _linger;
    private readonly BatchAssembler _assembler;
    private readonly BatchExchange _exchange;
    private readonly Backpressure _backpressure;
    private readonly PartitionStates _states = new();
    private readonly StartPositions _starts;
    private readonly PositionWatch _watch;
    private readonly PauseControl _pauses;
    private readonly RecordIntake _intake;
    private readonly OffsetCommitter _committer;
    private readonly BatchHandover _handover;
    private readonly ConsumerFactory _factory;
    private readonly WorkerMetrics _metrics;
    private readonly AccessWatch _access;
    private readonly Progress _progress;
    private readonly ILogger _logger;

    private CancellationToken _abandoning;

    // Set by librdkafka's callback, which runs inside Consume on the same thread.
    private Error? _fatal;

    public KafkaSource(
        KafkaOptions options,
        BatchingOptions batching,
        BatchPace pace,
        BatchExchange exchange,
        PositionLookup lookup,
        PositionCheck check,
        ConsumerFactory factory,
        WorkerMetrics metrics,
        AccessWatch access,
        Progress progress,
        TimeProvider time,
        ILogger<KafkaSource> logger)
    {
        _options = options;
        _topics = new TopicNames(options);
        _linger = batching.Linger;
        _assembler = new BatchAssembler(batching, pace, time);
        _exchange = exchange;
        _backpressure = new Backpressure(options.MaxUnpolled, time);
        var restart = new PartitionRestart(_states, logger);
        _starts = new StartPositions(lookup, _states, restart, metrics, progress, time, logger);
        _watch = new PositionWatch(check, _states, _starts, time, logger);
        _pauses = new PauseControl(_states, options.MaxUnpolled, metrics, logger);
        _intake = new RecordIntake(_topics, _states, restart, _assembler, metrics, logger);
        _committer = new OffsetCommitter(exchange, _states, _starts, metrics, time, logger);
        _handover = new BatchHandover(_assembler, exchange, _committer, metrics, time);
        _factory = factory;
        _metrics = metrics;
        _access = access;
        _progress = progress;
        _logger = logger;
    }

    /// <summary>Starts the thread. The task ends with it, with its fault if it had one.</summary>
    /// <param name="stopping">Ends reading in order: what was read is finished and committed.</param>
    /// <param name="abandoning">Ends the wait for what is in flight.</param>
    public Task Start(CancellationToken stopping, CancellationToken abandoning)
    {
        _abandoning = abandoning;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(ended, stopping, abandoning)) { IsBackground = true, Name = "kafka-source" };
        thread.Start();
        return ended.Task;
    }

    // The thread's outermost frame: a fault must reach the task, or it would end the process without order.
    private void Run(TaskCompletionSource ended, CancellationToken stopping, CancellationToken abandoning)
    {
        try
        {
            using var consumer = _factory.Create(this);
            consumer.Subscribe(_topics.All);
            IngestionLog.Subscribed(_logger, string.Join(", ", _topics.All), _options.GroupId);
            try
            {
                Read(consumer, stopping);
                _handover.Finish(consumer, CutReason.Stop, TimeSpan.MaxValue, abandoning);   // (6)
                IngestionLog.Ended(_logger, _exchange.InFlight);
            }
            finally
            {
                _exchange.Complete();
                Leave(consumer);
            }

            ended.SetResult();
        }
#pragma warning disable CA1031 // The fault goes to whoever awaits the task.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // Whatever call happened to meet it: the client's own error is the cause.
            ended.SetException(_fatal is { } error ? new KafkaFatalException(error) : fault);
        }
    }

    private void Leave(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            consumer.Close();
        }
        catch (KafkaException) when (_fatal is not null)
        {
            // The group has cast it out already; that is what the process ends with.
        }
    }

    private void Read(IConsumer<byte[], byte[]> consumer, CancellationToken stopping)
    {
        var drained = false;
        while (!stopping.IsCancellationRequested)
        {
            ThrowIfFatal();
            BeatWhenIdle();
            _committer.Run(consumer);                                                    // (1)
            _watch.Run(_handover.Holds);                                                 // (2)
            _starts.RunRetries(consumer, _handover.Holds);
            _handover.OfferIfDue(consumer, drained);                                     // (3)
            var mode = _backpressure.Decide(_handover.IsBehind);                         // (4)
            drained = false;
            if (mode == PollMode.Wait)
            {
                _exchange.WaitForChange(BusyPoll, stopping);
                continue;
            }

            _pauses.Apply(consumer, mode);
            drained = !Poll(consumer);                                                   // (5)
        }
    }

    /// <summary>Polls once; false when nothing came.</summary>
    private bool Poll(IConsumer<byte[], byte[]> consumer)
    {
        var timeout = _assembler.IsEmpty ? IdlePoll : _exchange.CanOffer ? _linger : BusyPoll;
        ConsumeResult<byte[], byte[]>? result;
        try
        {
            result = consumer.Consume(timeout);
        }
        catch (ConsumeException fault) when (IsOutOfRange(fault.Error.Code) && fault.ConsumerRecord is not null)
        {
            _starts.Displace([fault.ConsumerRecord.TopicPartition], DisplacementReason.OutOfRange);
            return true;
        }
        catch (ConsumeException fault)
        {
            Report(fault.Error);
            return true;
        }

        if (result is null)
        {
            return false;
        }

        _intake.Take(consumer, result);
        return true;
    }

    /// <summary>librdkafka's callback: new partitions, and where each starts.</summary>
    public IEnumerable<TopicPartitionOffset> OnAssigned(IReadOnlyCollection<TopicPartition> partitions) =>
        _starts.Assign(partitions, _handover.Holds);

    /// <summary>
    /// librdkafka's callback: partitions go to another worker. What was read from them is finished if that is possible in
    /// a few seconds, else later: the new owner reads it again from the stored position meanwhile.
    /// </summary>
    public void OnRevoked(IConsumer<byte[], byte[]> consumer, IReadOnlyCollection<TopicPartition> partitions)
    {
        _handover.Finish(consumer, CutReason.Revoke, _options.RevokeDrain, _abandoning);
        Forget(partitions);
        foreach (var partition in partitions)
        {
            IngestionLog.Revoked(_logger, partition);
        }
    }

    /// <summary>librdkafka's callback: partitions already belong to somebody else.</summary>
    public void OnLost(IReadOnlyCollection<TopicPartition> partitions)
    {
        Forget(partitions);
        foreach (var partition in partitions)
        {
            IngestionLog.Lost(_logger, partition);
        }
    }

    /// <summary>librdkafka's callback: something went wrong somewhere in the client.</summary>
    public void Report(Error error)
    {
        if (error.IsFatal)
        {
            _fatal = error;
            return;
        }

        _metrics.KafkaError("consumer", error.Code);
        IngestionLog.Fault(_logger, error.Code, error.Reason);
        if (error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed)
        {
            _access.Doubt();
        }
    }

    private static bool IsOutOfRange(ErrorCode code) =>
        code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange or ErrorCode.Local_LogTruncation;

    private void Forget(IReadOnlyCollection<TopicPartition> partitions)
    {
        _handover.Seal();
        _starts.Forget(partitions);
        foreach (var partition in partitions)
        {
            _metrics.ForgetLag(partition.Topic, partition.Partition.Value);
        }
    }

    // Nothing to do is progress too; work that does not come back is not.
    private void BeatWhenIdle()
    {
        if (_handover.IsEmpty && _exchange.InFlight == 0)
        {
            _progress.Beat();
        }
    }

    private void ThrowIfFatal()
    {
        if (_fatal is { } error)
        {
            throw new KafkaFatalException(error);
        }
    }
}
