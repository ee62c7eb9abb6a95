namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>How the values of a stored tensor are written. The names are those of the safetensors format.</summary>
internal enum ElementType
{
    /// <summary>IEEE binary64.</summary>
    F64,

    /// <summary>IEEE binary32.</summary>
    F32,

    /// <summary>IEEE binary16.</summary>
    F16,

    /// <summary>The upper half of a binary32.</summary>
    BF16,

    /// <summary>Signed, 8 bytes. Integers are never weights: buffers such as <c>position_ids</c> are skipped.</summary>
    I64,

    /// <summary>Signed, 4 bytes.</summary>
    I32,

    /// <summary>Signed, 2 bytes.</summary>
    I16,

    /// <summary>Signed, 1 byte.</summary>
    I8,

    /// <summary>Unsigned, 1 byte.</summary>
    U8,

    /// <summary>One byte, 0 or 1.</summary>
    BOOL,
}
