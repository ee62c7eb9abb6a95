namespace KbAlbertStream.Worker.Pipeline;

/// <summary>The step that refused a record.</summary>
internal enum RejectStage
{
    /// <summary>Parsing and validation.</summary>
    Validate,

    /// <summary>Writing to the database.</summary>
    Write,

    /// <summary>Some step that ended the process, so that nobody can say which.</summary>
    Process,
}
