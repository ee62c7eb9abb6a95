using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Tests.Worker.Pipeline;

public sealed class BatchPartTests
{
    [Fact]
    public void A_batch_without_suspicious_records_stays_whole()
    {
        var batch = Some.Batch(Some.Record(0, "a"), Some.Record(1, "b"));

        var part = Assert.Single(BatchPart.Split(batch, _ => false));

        Assert.Same(batch, part.Batch);
        Assert.False(part.Alone);
    }

    [Fact]
    public void Suspicious_records_stand_alone_and_other_partitions_come_first_in_one_piece()
    {
        var batch = Some.Batch(
            Some.Record(5, "a"), Some.Record(0, "x", partition: 1), Some.Record(6, "b"), Some.Record(1, "y", partition: 1));

        var parts = BatchPart.Split(batch, record => record.TopicPartition.Partition == 0);

        Assert.Equal(
            ["p1@0 p1@1 -> p1:2", "alone p0@5 -> p0:6", "alone p0@6 -> p0:7"], parts.Select(Describe));
    }

    [Fact]
    public void After_the_suspicious_region_the_partition_goes_on_in_one_piece()
    {
        var batch = Some.Batch(Some.Record(5, "a"), Some.Record(6, "b"), Some.Record(7, "c"));

        Assert.Equal(
            ["alone p0@5 -> p0:6", "p0@6 p0@7 -> p0:8"],
            BatchPart.Split(batch, record => record.ReadOffset < 6).Select(Describe));
        Assert.Equal(
            ["p0@5 p0@6 -> p0:7", "alone p0@7 -> p0:8"],
            BatchPart.Split(batch, record => record.ReadOffset == 7).Select(Describe));
    }

    [Fact]
    public void The_last_record_carries_the_position_behind_markers_that_no_reader_sees()
    {
        var batch = Some.Batch(Some.Record(5, "a"));
        batch = batch with { Positions = [batch.Positions[0] with { NextOffset = 9 }] };

        Assert.Equal(["alone p0@5 -> p0:9"], BatchPart.Split(batch, _ => true).Select(Describe));
    }

    [Fact]
    public void The_end_of_an_untouched_log_is_kept_though_no_record_came()
    {
        var batch = Some.Batch(Some.Record(5, "a"));
        batch = batch with { Positions = [batch.Positions[0], batch.Positions[0] with { Partition = 3, NextOffset = 2 }] };

        Assert.Equal([" -> p3:2", "alone p0@5 -> p0:6"], BatchPart.Split(batch, _ => true).Select(Describe));
    }

    private static string Describe(BatchPart part)
    {
        var records = string.Join(
            ' ', part.Batch.Records.Select(record => $"p{record.TopicPartition.Partition.Value}@{record.ReadOffset}"));
        var positions = string.Join(
            ' ', part.Batch.Positions.Select(position => $"p{position.Partition}:{position.NextOffset}"));
        return $"{(part.Alone ? "alone " : "")}{records} -> {positions}";
    }
}
