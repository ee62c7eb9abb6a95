namespace KbAlbertStream.Worker.Ingestion;

/// <summary>What the consumer's thread does next.</summary>
internal enum PollMode
{
    /// <summary>Poll, with every partition running.</summary>
    Poll,

    /// <summary>Do not poll: the batch is full and the pipeline will soon take it.</summary>
    Wait,

    /// <summary>Poll with every partition paused, so that the group sees a live member and no record arrives.</summary>
    PollPaused,
}
