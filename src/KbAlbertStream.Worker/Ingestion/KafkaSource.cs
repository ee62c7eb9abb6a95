using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;
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
/// One round: (1) take finished batches back and commit them, (2) move partitions whose position came late, (3) hand the
/// open batch over when it is due, (4) decide how to hold back, (5) poll. At the end: (6) cut what is open, wait for what
/// is in flight, commit, leave the group.
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
    private readonly PauseControl _pauses;
    private readonly RecordIntake _intake;
    private readonly OffsetCommitter _committer;
    private readonly ConsumerFactory _factory;
    private readonly WorkerMetrics _metrics;
    private readonly Progress _progress;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private CancellationToken _abandoning;

    // Set by librdkafka's callback, which runs inside Consume on the same thread.
    private Error? _fatal;

    public KafkaSource(
        KafkaOptions options,
        BatchingOptions batching,
        BatchExchange exchange,
        PositionLookup lookup,
        ConsumerFactory factory,
        WorkerMetrics metrics,
        Progress progress,
        TimeProvider time,
        ILogger<KafkaSource> logger)
    {
        _options = options;
        _topics = new TopicNames(options);
        _linger = batching.Linger;
        _assembler = new BatchAssembler(batching, time);
        _exchange = exchange;
        _backpressure = new Backpressure(options.MaxUnpolled, time);
        _starts = new StartPositions(lookup, _states, factory.StartWithoutPosition, time, logger);
        _pauses = new PauseControl(_states, options.MaxUnpolled, metrics, logger);
        _intake = new RecordIntake(_topics, _states, _assembler, metrics, logger);
        _committer = new OffsetCommitter(exchange, _states, metrics, time, logger);
        _factory = factory;
        _metrics = metrics;
        _progress = progress;
        _time = time;
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
                Finish(consumer, abandoning);
            }
            finally
            {
                _exchange.Complete();
                consumer.Close();
            }

            ended.SetResult();
        }
#pragma warning disable CA1031 // The fault goes to whoever awaits the task.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            ended.SetException(fault);
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
            _starts.RunRetries(consumer);                                                // (2)
            HandOver(consumer, drained);                                                 // (3)
            var mode = _backpressure.Decide(_assembler.IsFull);                          // (4)
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

    private void HandOver(IConsumer<byte[], byte[]> consumer, bool drained)
    {
        if (_assembler.IsEmpty || !_exchange.CanOffer)
        {
            return;
        }

        var reason = _assembler.ReachedBound() ?? (drained ? CutReason.Drained : null);
        if (reason is { } why)
        {
            Offer(consumer, why);
        }
    }

    private void Offer(IConsumer<byte[], byte[]> consumer, CutReason reason)
    {
        var batch = _assembler.Cut(reason, partition => EndOf(consumer, partition));
        if (_exchange.TryOffer(batch))
        {
            _assembler.Clear();
            _metrics.BatchCut(reason, batch.Records.Length);
        }
    }

    // The end of the log as the last fetch reported it; no request is made.
    private static long? EndOf(IConsumer<byte[], byte[]> consumer, TopicPartition partition)
    {
        var end = consumer.GetWatermarkOffsets(partition).High;
        return end.IsSpecial ? null : end.Value;
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
        catch (ConsumeException fault)
        {
            Report(fault.Error);
            return true;
        }

        if (result is null)
        {
            return false;
        }

        _intake.Take(result);
        return true;
    }

    private void Finish(IConsumer<byte[], byte[]> consumer, CancellationToken abandoning)
    {
        while (!_assembler.IsEmpty && !abandoning.IsCancellationRequested)               // (6)
        {
            Offer(consumer, CutReason.Stop);
            if (!_assembler.IsEmpty)
            {
                _exchange.WaitForChange(BusyPoll, abandoning);
            }
        }

        _exchange.Complete();
        Drain(consumer, until: null, abandoning);
        IngestionLog.Ended(_logger, _exchange.InFlight);
    }

    private void Drain(
        IConsumer<byte[], byte[]> consumer, (long Since, TimeSpan Budget)? until, CancellationToken abandoning)
    {
        _committer.Run(consumer, now: true);
        while (_exchange.InFlight > 0 && !abandoning.IsCancellationRequested
            && (until is not { } limit || _time.GetElapsedTime(limit.Since) < limit.Budget))
        {
            _exchange.WaitForChange(BusyPoll, abandoning);
            _committer.Run(consumer, now: true);
        }
    }

    /// <summary>librdkafka's callback: new partitions, and where each starts.</summary>
    public IEnumerable<TopicPartitionOffset> OnAssigned(IReadOnlyCollection<TopicPartition> partitions) =>
        _starts.Assign(partitions);

    /// <summary>
    /// librdkafka's callback: partitions go to another worker. What was read from them is finished if that is possible in
    /// a few seconds, else dropped: the new owner reads it again from the stored position.
    /// </summary>
    public void OnRevoked(IConsumer<byte[], byte[]> consumer, IReadOnlyCollection<TopicPartition> partitions)
    {
        var since = _time.GetTimestamp();
        while (!_assembler.IsEmpty && !_exchange.CanOffer && _time.GetElapsedTime(since) < _options.RevokeDrain)
        {
            _exchange.WaitForChange(BusyPoll, _abandoning);
        }

        if (!_assembler.IsEmpty)
        {
            Offer(consumer, CutReason.Revoke);
        }

        Drain(consumer, (since, _options.RevokeDrain), _abandoning);
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
    }

    private void Forget(IReadOnlyCollection<TopicPartition> partitions)
    {
        _assembler.Drop(partitions);
        foreach (var partition in partitions)
        {
            _states.Remove(partition);
            _metrics.ForgetLag(partition.Topic, partition.Partition.Value);
        }
    }

    // Nothing to do is progress too; work that does not come back is not.
    private void BeatWhenIdle()
    {
        if (_assembler.IsEmpty && _exchange.InFlight == 0)
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
