namespace KbAlbertStream.Core.Tokenization;

/// <summary>Which text loses tokens when a sequence is too long. They are always cut from the end.</summary>
public enum Truncation
{
    /// <summary>None: sequences have any length.</summary>
    None,

    /// <summary><c>longest_first</c>, <c>truncation=True</c>: the longer text, then both.</summary>
    LongestFirst,

    /// <summary><c>only_first</c>.</summary>
    OnlyFirst,

    /// <summary><c>only_second</c>.</summary>
    OnlySecond,
}
