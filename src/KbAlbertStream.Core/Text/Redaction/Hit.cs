namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>A span of the shadow text that a recogniser claims.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">One past the last.</param>
/// <param name="Type">The type in capitals; null when the span is no personal data and must stay.</param>
internal readonly record struct Hit(int Start, int End, string? Type)
{
    public int Length => End - Start;

    public bool Overlaps(Hit other) => Start < other.End && other.Start < End;
}
