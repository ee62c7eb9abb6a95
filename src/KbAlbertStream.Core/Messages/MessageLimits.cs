using System.ComponentModel.DataAnnotations;

namespace KbAlbertStream.Core.Messages;

/// <summary>How large a message may be. The lengths of single fields are part of the schemas and fixed.</summary>
public sealed record MessageLimits
{
    /// <summary>The most bytes of a record value. Default: 1 MiB, what Kafka takes by default. Range: 1 KiB to 64 MiB.</summary>
    [Range(1 << 10, 64 << 20)]
    public int MaxBytes { get; set; } = 1 << 20;

    /// <summary>The deepest nesting of the JSON value, unknown fields included. Default: 16. Range: 1 to 64.</summary>
    [Range(1, 64)]
    public int MaxDepth { get; set; } = 16;
}
