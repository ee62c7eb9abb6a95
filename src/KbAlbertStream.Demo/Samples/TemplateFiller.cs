using System.Globalization;
using System.Text.RegularExpressions;

namespace KbAlbertStream.Demo.Samples;

/// <summary>
/// Fills the slots of templates: <c>{inst}</c> the institution, <c>{inst:이/가}</c> with the particle that its last sound
/// takes, <c>{a|b|c}</c> one of several, <c>{12..90}</c> a number between, <c>{phone}</c> and the like a personal number.
/// A slot that comes again in the same message gets the same value, so that title and text agree.
/// </summary>
internal sealed partial class TemplateFiller(Random random, PersonalNumbers personal)
{
    /// <summary>Title and text of a template with every slot filled.</summary>
    public (string Title, string Text) Fill(Template template, string institution)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        return (Fill(template.Title, institution, values), Fill(template.Text, institution, values));
    }

    private string Fill(string text, string institution, Dictionary<string, string> values) => Slot().Replace(text, match =>
    {
        var slot = match.Groups[1].Value;
        if (!values.TryGetValue(slot, out var value))
        {
            values[slot] = value = Value(slot, institution);
        }

        return value;
    });

    private string Value(string slot, string institution)
    {
        if (slot == "inst")
        {
            return institution;
        }

        if (slot.StartsWith("inst:", StringComparison.Ordinal))
        {
            return institution + KoreanParticle.After(institution, slot[5..]);
        }

        if (PersonalNumbers.IsSlot(slot))
        {
            return personal.Make(slot);
        }

        if (slot.Split("..") is [var least, var most])
        {
            var number = random.Next(
                int.Parse(least, CultureInfo.InvariantCulture), int.Parse(most, CultureInfo.InvariantCulture) + 1);
            return number.ToString(number > 999 ? "N0" : "D", CultureInfo.InvariantCulture);
        }

        var choices = slot.Split('|');
        return choices.Length > 1
            ? choices[random.Next(choices.Length)]
            : throw new FormatException($"A template has the unknown slot {{{slot}}}.");
    }

    [GeneratedRegex(@"\{([^{}]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Slot();
}
