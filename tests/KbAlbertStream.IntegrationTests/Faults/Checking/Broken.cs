namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>The promises that a fault could break.</summary>
internal enum Broken
{
    /// <summary>A record has no row and no dead letter.</summary>
    Lost,

    /// <summary>A record has two of them, or a message stands in two rows.</summary>
    Doubled,

    /// <summary>A row or a dead letter of nothing that was published.</summary>
    Invented,

    /// <summary>The broker lost a record that it had acknowledged, or holds one that nobody sent.</summary>
    Log,

    /// <summary>The dead-letter topic lacks an original.</summary>
    DeadLetterTopic,

    /// <summary>Rollups or mentions are not what the rows say.</summary>
    Rollups,

    /// <summary>An alert was told under no key or under a wrong one, or not at all.</summary>
    Deliveries,

    /// <summary>A stored position is not the end of the log, or a committed offset is beyond it.</summary>
    Positions,

    /// <summary>Rows, rollups or alerts differ from those of a worker that met no fault.</summary>
    Reference,

    /// <summary>The service did not come back in time.</summary>
    Recovery,
}
