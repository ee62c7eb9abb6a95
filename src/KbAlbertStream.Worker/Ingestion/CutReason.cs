namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Why a batch was cut where it was.</summary>
internal enum CutReason
{
    /// <summary>The log had nothing more to give and the pipeline was free.</summary>
    Drained,

    /// <summary>The log went on giving, but the pipeline was free and had waited for as long as a batch may linger.</summary>
    Lingered,

    /// <summary>Its keys and values reached the bound in bytes.</summary>
    Bytes,

    /// <summary>It reached the bound in records.</summary>
    Count,

    /// <summary>Its first record reached the bound in age.</summary>
    Age,

    /// <summary>A partition goes to another worker.</summary>
    Revoke,

    /// <summary>The service stops.</summary>
    Stop,
}
