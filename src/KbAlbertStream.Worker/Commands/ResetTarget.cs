using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KbAlbertStream.Worker.Commands;

/// <summary>Where a position is to go, as it was asked for. One of the four is set.</summary>
internal sealed record ResetTarget
{
    private ResetTarget()
    {
    }

    /// <summary>To the first record that is still there.</summary>
    public bool IsEarliest { get; private init; }

    /// <summary>To the end: nothing that is there now is read.</summary>
    public bool IsLatest { get; private init; }

    /// <summary>To this offset.</summary>
    public long? Offset { get; private init; }

    /// <summary>To the first record with this time or a later one.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>Reads <c>earliest</c>, <c>latest</c>, an offset, or a <see cref="CommandTime"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ResetTarget? target)
    {
        target = text switch
        {
            "earliest" => new ResetTarget { IsEarliest = true },
            "latest" => new ResetTarget { IsLatest = true },
            _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) =>
                new ResetTarget { Offset = offset },
            _ when CommandTime.TryParse(text, out var time) => new ResetTarget { Time = time },
            _ => null,
        };
        return target is not null;
    }
}
