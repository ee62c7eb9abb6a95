namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>
/// Pieces of the patterns. Digits may stand apart by one space each. <c>\d</c> and <c>\b</c> are of no use here: the
/// one takes any Unicode digit, the other sees no border between a digit and Hangul.
/// </summary>
internal static class Shapes
{
    /// <summary>No digit before.</summary>
    public const string Start = "(?<![0-9])";

    /// <summary>No digit behind.</summary>
    public const string End = "(?![0-9])";

    /// <summary>A dash or a space, or nothing.</summary>
    public const string Dash = "(?: ?- ?| )?";

    /// <summary>Any sign that people put between the groups of a number, or nothing.</summary>
    public const string Break = "(?: ?[-./·_] ?| )?";

    /// <summary>A digit, or a sign that hides one.</summary>
    public const string Hidden = "[0-9*xX#]";

    public const string Two = "[0-9] ?[0-9]";
    public const string Three = "[0-9](?: ?[0-9]){2}";
    public const string Four = "[0-9](?: ?[0-9]){3}";
    public const string Five = "[0-9](?: ?[0-9]){4}";
    public const string Six = "[0-9](?: ?[0-9]){5}";
    public const string Seven = "[0-9](?: ?[0-9]){6}";

    /// <summary>Two digits of a month, then two of a day.</summary>
    public const string MonthDay = "(?:0 ?[1-9]|1 ?[0-2]) ?(?:0 ?[1-9]|[12] ?[0-9]|3 ?[01])";
}
