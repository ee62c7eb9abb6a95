namespace KbAlbertStream.Demo.Reporting;

/// <summary>An alert with the numbers that opened it.</summary>
/// <param name="Entity">The institution's id.</param>
/// <param name="Kind"><c>news</c> or <c>complaint</c>.</param>
/// <param name="Window">The deciding window, <c>6h</c>.</param>
/// <param name="Seen">Counted texts in it.</param>
/// <param name="Expected">What the institution's own history expects there.</param>
/// <param name="P">The probability of at least as many by chance.</param>
/// <param name="OpenedAt">Event time of the text that opened it.</param>
internal sealed record AlertFigure(
    string Entity, string Kind, string Window, int Seen, double Expected, double P, DateTimeOffset OpenedAt);
