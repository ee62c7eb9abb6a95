using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Values of URL parameters that let somebody in or name somebody.</summary>
internal sealed partial class TokenRecogniser() : Recogniser("TOKEN")
{
    // Whole words of a name: "keyword" and "filename" say nothing about a person.
    [GeneratedRegex(
        @"[?&#;](?:[A-Za-z0-9_\-.\[]{0,30}(?:token|session|phone|mobile|email|passw(?:or)?d)(?:id|no|num|number)?|"
        + @"(?:[A-Za-z0-9]{1,20}[_\-.\[])?(?:(?:j|php)?sess(?:id)?|sid|auth(?:orization)?|signature|"
        + "(?:api|access|secret|private)?key|tel|hp|(?:user|full|first|last|real|cust|customer|member)?name|"
        + @"user(?:id)?|e-mail|mail(?:addr|address)?|pwd?|ssn|rrn|jumin|birth(?:day|date)?))"
        + @"(?:[_\-.][A-Za-z0-9]{1,20})?\]?=(?<value>[^&#;\s""'<>]+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter { get; }

    public override void Find(ShadowText text, ICollection<Hit> hits)
    {
        if (!text.Text.Contains('='))
        {
            return;
        }

        for (var match = Parameter.Match(text.Text); match.Success; match = match.NextMatch())
        {
            var value = match.Groups["value"];
            if (value.Value != ShadowBuilder.Masked.ToString())
            {
                hits.Add(new Hit(value.Index, value.Index + value.Length, Type));
            }
        }
    }
}
