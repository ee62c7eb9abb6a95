using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Entities;

/// <summary>What the linker makes of 39,753 real headlines (KLUE-YNAT): the figures of docs/institutions.md.</summary>
public sealed class RealHeadlinesTests
{
    private const string Sport = "스포츠";

    private static readonly InstitutionLinker Linker = new(InstitutionDictionary.Load(InstitutionDictionary.ShippedPath));

    [Fact]
    public void Nine_in_ten_sports_headlines_with_a_firms_name_link_nothing() =>
        Assert.True(LinkedShare(topic => topic == Sport) <= 0.1);

    [Fact]
    public void Ninety_nine_in_a_hundred_other_headlines_with_a_firms_name_keep_their_link() =>
        Assert.True(LinkedShare(topic => topic != Sport) >= 0.99);

    /// <summary>
    /// Of the headlines that name an institution, the share that is linked as news. A complaint is never taken for sport,
    /// so reading the headline as one says whether a name stands in it.
    /// </summary>
    private static double LinkedShare(Func<string, bool> isWanted)
    {
        var naming = SharedData.ReadLines("data", "text", "ynat_headlines.tsv.gz")
            .Select(line => line.Split('\t'))
            .Where(fields => fields.Length == 2 && isWanted(fields[0]))
            .Select(fields => new PreparedText(fields[1], ""))
            .Where(title => !Linker.Link(MessageKind.Complaint, title).IsEmpty)
            .ToList();
        Assert.True(naming.Count > 300);
        return naming.Count(title => !Linker.Link(MessageKind.News, title).IsEmpty) / (double)naming.Count;
    }
}
