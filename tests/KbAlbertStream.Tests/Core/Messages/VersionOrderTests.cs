using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Tests.Core.Messages;

public sealed class VersionOrderTests
{
    private static readonly RecordPosition Middle = new(
        MessageKind.News, new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), "m", 5, 5);

    public static TheoryData<RecordPosition> Newer =>
    [
        Middle with { RecordedAt = Middle.RecordedAt.AddMilliseconds(1), Topic = "a", Partition = 0, Offset = 0 },
        Middle with { Topic = "n", Partition = 0, Offset = 0 },
        Middle with { Partition = 10, Offset = 0 },
        Middle with { Offset = 10 },
    ];

    [Theory]
    [MemberData(nameof(Newer))]
    public void Record_time_goes_before_topic_partition_and_offset(RecordPosition newer)
    {
        Assert.True(VersionOrder.Instance.Compare(newer, Middle) > 0);
        Assert.True(VersionOrder.Instance.Compare(Middle, newer) < 0);
        Assert.Equal(0, VersionOrder.Instance.Compare(newer, newer));
    }
}
