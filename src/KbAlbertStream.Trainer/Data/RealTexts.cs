using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Trainer.Data;

/// <summary>Texts that people wrote: film reviews, headlines, and petitions, in turn.</summary>
internal static class RealTexts
{
    /// <summary>The first of each, as the service would prepare them.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="count">How many in all.</param>
    public static IEnumerable<PreparedText> Take(string data, int count)
    {
        var preparer = new TextPreparer();
        var kinds = new[]
        {
            PublicText.Reviews(data, "test").Select(review => ("", review.Text)),
            PublicText.Headlines(data).Select(headline => (headline.Title, "")),
            PublicText.Petitions(data).Select(petition => ("", petition)),
        };
        return kinds.Select(kind => kind.Take((count + kinds.Length - 1) / kinds.Length)).SelectMany(kind => kind)
            .Take(count).Select(text => preparer.Prepare(text.Item1, text.Item2));
    }
}
