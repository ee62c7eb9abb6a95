using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.Tests.Worker.Ingestion;

public sealed class BatchAssemblerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly BatchingOptions _limits = new()
    {
        MaxRecords = 3,
        MaxBytes = 1024,
        MaxAge = TimeSpan.FromMilliseconds(250),
    };

    [Fact]
    public void A_batch_of_one_may_still_grow()
    {
        var assembler = Assembler(Record(0, 10));

        Assert.Null(assembler.ReachedBound());
        Assert.False(assembler.IsEmpty);
    }

    [Fact]
    public void The_bound_in_records_is_reached_at_that_many()
    {
        var assembler = Assembler(Record(0), Record(1), Record(2));

        Assert.Equal(CutReason.Count, assembler.ReachedBound());
        Assert.True(assembler.IsFull);
    }

    [Fact]
    public void The_bound_in_bytes_counts_key_and_value()
    {
        var assembler = Assembler(new SourceRecord(Position(0), new byte[24], new byte[1000]));

        Assert.Equal(CutReason.Bytes, assembler.ReachedBound());
    }

    [Fact]
    public void The_bound_in_age_counts_from_the_first_record_and_does_not_stop_reading()
    {
        var assembler = Assembler(Record(0));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        assembler.Add(Record(1));
        Assert.Null(assembler.ReachedBound());

        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(CutReason.Age, assembler.ReachedBound());
        Assert.False(assembler.IsFull);
    }

    [Fact]
    public void A_batch_that_nobody_waits_for_grows_to_its_bounds()
    {
        var assembler = Assembler(Record(0));
        _time.Advance(TimeSpan.FromMilliseconds(249));

        Assert.Null(assembler.Due(isWanted: false, drained: true));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(CutReason.Age, assembler.Due(isWanted: false, drained: true));
    }

    [Fact]
    public void A_batch_that_is_waited_for_goes_when_the_log_gives_no_more_or_when_it_has_lingered()
    {
        var assembler = Assembler(Record(0));

        Assert.Equal(CutReason.Drained, assembler.Due(isWanted: true, drained: true));
        Assert.Null(assembler.Due(isWanted: true, drained: false));

        _time.Advance(_limits.Linger);

        Assert.Equal(CutReason.Lingered, assembler.Due(isWanted: true, drained: false));
    }

    [Fact]
    public void Nothing_is_never_due()
    {
        Assert.Null(Assembler().Due(isWanted: true, drained: true));
    }

    [Fact]
    public void A_cut_keeps_the_order_and_says_how_far_each_partition_is()
    {
        var assembler = Assembler(Record(7), Record(3, partition: 1), Record(8));

        var batch = assembler.Cut(CutReason.Drained, partition => partition.Partition == 1 ? 20 : null);

        Assert.Equal([7L, 3, 8], batch.Records.Select(record => record.Position.Offset));
        Assert.Equal(
            [("news", 0, 9L, null), ("news", 1, 4L, 20L)],
            batch.Positions.Select(p => (p.Topic, p.Partition, p.NextOffset, p.EndOffset)));
        Assert.Equal(CutReason.Drained, batch.Reason);
    }

    [Fact]
    public void An_end_that_is_older_than_what_was_read_is_not_believed()
    {
        var assembler = Assembler(Record(7));

        var batch = assembler.Cut(CutReason.Drained, _ => 5);

        Assert.Equal(8, batch.Positions.Single().EndOffset);
    }

    [Fact]
    public void The_end_of_a_log_beyond_its_last_record_is_a_position_too()
    {
        var assembler = Assembler();
        assembler.ReachEnd(MessageKind.News, new TopicPartition("news", 0), 12);

        var batch = assembler.Cut(CutReason.Drained, _ => 12);

        Assert.Empty(batch.Records);
        Assert.Equal((12L, 12L), (batch.Positions[0].NextOffset, batch.Positions[0].EndOffset));
    }

    [Fact]
    public void A_batch_goes_on_from_where_its_partition_stood_before_its_first_record()
    {
        var assembler = Assembler();
        assembler.Add(Record(7), from: 5, epoch: 2);
        assembler.Add(Record(9), from: 8, epoch: 2);
        assembler.ReachEnd(MessageKind.News, new TopicPartition("news", 0), 12, from: 10, epoch: 2);

        var position = assembler.Cut(CutReason.Drained, _ => 12).Positions.Single();

        Assert.Equal((5L, 12L, 2), (position.FromOffset!.Value, position.NextOffset, position.Epoch));
    }

    [Fact]
    public void After_a_cut_nothing_is_left()
    {
        var assembler = Assembler(Record(0), Record(1), Record(2));
        assembler.Clear();

        Assert.True(assembler.IsEmpty);
        Assert.Null(assembler.ReachedBound());
        assembler.Add(Record(3));
        Assert.Equal([3L], assembler.Cut(CutReason.Stop, _ => null).Records.Select(record => record.Position.Offset));
    }

    private static RecordPosition Position(long offset, int partition = 0) =>
        new(MessageKind.News, RecordPosition.UnknownTime, "news", partition, offset);

    private static SourceRecord Record(long offset, int size = 1, int partition = 0) =>
        new(Position(offset, partition), null, new byte[size]);

    private BatchAssembler Assembler(params SourceRecord[] records)
    {
        var assembler = new BatchAssembler(_limits, new BatchPace(_limits), _time);
        foreach (var record in records)
        {
            assembler.Add(record);
        }

        return assembler;
    }
}
