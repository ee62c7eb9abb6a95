namespace KbAlbertStream.Core.Entities;

/// <summary>How much a text is about an institution, 0 to 100.</summary>
internal static class Relevance
{
    /// <summary>Mentions beyond this many say no more.</summary>
    private const double EnoughMentions = 4;

    /// <summary>
    /// 40 when the title names it, 25 when the lead does, up to 20 for its mentions in title and text (full from 4 on),
    /// and 15 shared by all institutions named; rounded, halves up.
    /// </summary>
    public static int Of(bool inTitle, bool inLead, int mentions, int institutions) => (int)Math.Round(
        (inTitle ? 40 : 0) + (inLead ? 25 : 0) + (20 * Math.Min(1, mentions / EnoughMentions)) + (15.0 / institutions),
        MidpointRounding.AwayFromZero);
}
