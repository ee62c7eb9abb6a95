using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>A recogniser made of forms and a judgement on each span that has one.</summary>
/// <remarks>Every pattern has a greatest length, so that a try costs a constant and a scan is linear.</remarks>
internal abstract class PatternRecogniser(string type, params Form[] forms) : Recogniser(type)
{
    public override void Find(ShadowText text, ICollection<Hit> hits)
    {
        for (var form = 0; form < forms.Length; form++)
        {
            if (forms[form].CanBeIn(text))
            {
                Find(text, form, hits);
            }
        }
    }

    /// <summary>The verdict on a span that has the form number <paramref name="form"/>.</summary>
    protected abstract Verdict Judge(Candidate candidate, int form);

    private void Find(ShadowText text, int form, ICollection<Hit> hits)
    {
        var from = 0;
        while (from <= text.Length && TryMatch(forms[form].Pattern, text, from, out var start, out var end))
        {
            var verdict = Judge(new Candidate(text, start, end), form);
            if (verdict != Verdict.None)
            {
                hits.Add(new Hit(start, end, verdict == Verdict.Mask ? Type : null));
            }

            // What was no hit may hide one that starts inside it.
            from = verdict == Verdict.None ? start + 1 : end;
        }
    }

    private static bool TryMatch(Regex pattern, ShadowText text, int from, out int start, out int end)
    {
        foreach (var match in pattern.EnumerateMatches(text.Text, from))
        {
            (start, end) = (match.Index, match.Index + match.Length);
            return true;
        }

        (start, end) = (0, 0);
        return false;
    }
}
