using System.Text;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Tests.Worker.Pipeline;

public sealed class BatchScorerTests
{
    [Fact]
    public void Every_record_becomes_an_event_or_a_reject_in_order()
    {
        var scored = Some.Scorer().Score(Some.Batch(
            Some.Record(0, Some.News("a")), Some.Record(1, "no json"), Some.Record(2, Some.News("b")),
            Some.Record(3, null)));

        Assert.Equal(["a", "b"], scored.Events.Select(item => item.Message.ExternalId));
        Assert.Equal([1L, 3], scored.Rejects.Select(item => item.DeadLetter.Position.Offset));
        Assert.Equal(
            [RejectReason.InvalidJson, RejectReason.NoValue], scored.Rejects.Select(item => item.DeadLetter.Reason));
        Assert.All(scored.Rejects, item => Assert.Equal(RejectStage.Validate, item.Stage));
    }

    [Fact]
    public void A_withdrawn_id_is_prepared_like_that_of_a_text()
    {
        var personal = "010-1234-5678";
        var scored = Some.Scorer().Score(Some.Batch(
            Some.Record(0, Some.News(personal)),
            Some.Record(1, $$"""{"id":"{{personal}}","deleted":true}"""),
            Some.Record(2, null) with { Key = Encoding.UTF8.GetBytes(personal) }));

        Assert.DoesNotContain("1234", scored.Events[0].Message.ExternalId, StringComparison.Ordinal);
        Assert.Equal(
            [(1L, scored.Events[0].Message.ExternalId), (2L, scored.Events[0].Message.ExternalId)],
            scored.Withdrawals.Select(item => (item.Position.Offset, item.ExternalId)));
        Assert.Empty(scored.Rejects);
    }

    [Fact]
    public void A_batch_of_rejects_alone_is_not_scored()
    {
        var scored = Some.Scorer(_ => throw new InvalidOperationException("scored")).Score(
            Some.Batch(Some.Record(0, "no json")));

        Assert.Empty(scored.Events);
    }

    [Fact]
    public void Each_partition_gets_the_latest_event_time_of_its_texts()
    {
        var scored = Some.Scorer().Score(Some.Batch(
            Some.Record(0, Some.News("a", "2026-03-01T05:00:00Z")), Some.Record(1, Some.News("b", "2026-03-01T03:00:00Z")),
            Some.Record(0, "no json", partition: 1)));

        Assert.Equal(
            [new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero), null],
            scored.Positions.Select(position => position.MaxOccurredAt));
    }

    [Fact]
    public void Institutions_are_linked_and_versions_noted()
    {
        var scored = Some.Scorer().Score(Some.Batch(Some.Record(0, Some.News("a"))));

        Assert.Equal("kb_bank", scored.Events[0].Institutions[0].Id);
        Assert.Equal("demo/1", scored.Events[0].Versions.Model);
    }
}
