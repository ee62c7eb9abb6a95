using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Tests.Worker.Ingestion;

public sealed class StartRuleTests
{
    private static readonly StoredPosition Stored =
        new(MessageKind.News, "risk.news.v1", 0, 100, 100, null, 0, "the-topic", null, default);

    [Fact]
    public void An_end_before_the_position_may_catch_up_where_the_topic_is_the_same_for_certain()
    {
        Assert.True(StartRule.MayCatchUp(Stored, new PartitionLog(0, 99, "the-topic")));
        Assert.False(StartRule.MayCatchUp(Stored, new PartitionLog(0, 100, "the-topic")));
        Assert.False(StartRule.MayCatchUp(Stored, new PartitionLog(0, 99, "another-topic")));
        Assert.False(StartRule.MayCatchUp(Stored, new PartitionLog(0, 99, null)));
        Assert.False(StartRule.MayCatchUp(Stored with { TopicId = null }, new PartitionLog(0, 99, "the-topic")));
        Assert.False(StartRule.MayCatchUp(
            Stored with { Refused = RefusalReason.BeyondEnd }, new PartitionLog(0, 99, "the-topic")));
    }

    [Fact]
    public void What_is_refused_stays_refused_when_the_log_has_grown()
    {
        var refused = Stored with { Refused = RefusalReason.BeyondEnd };

        Assert.Equal(RefusalReason.BeyondEnd, StartRule.RefusalOf(refused, new PartitionLog(0, 500, "the-topic")));
        Assert.Equal(RefusalReason.TopicRecreated, StartRule.RefusalOf(Stored, new PartitionLog(0, 500, "another-topic")));
        Assert.Null(StartRule.RefusalOf(Stored, new PartitionLog(0, 500, null)));
    }
}
