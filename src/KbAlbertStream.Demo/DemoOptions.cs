namespace KbAlbertStream.Demo;

/// <summary>What the command line of the demo asks for.</summary>
internal sealed record DemoOptions
{
    /// <summary>End after the replay instead of staying until Ctrl-C.</summary>
    public bool Exit { get; init; }

    /// <summary>The stream to replay; null for that of <c>samples/</c>.</summary>
    public string? Stream { get; init; }

    /// <summary>Where the figures go as JSON; null for nowhere.</summary>
    public string? Summary { get; init; }

    /// <summary>Leave the private database running.</summary>
    public bool Keep { get; init; }

    /// <summary>Where the worker's log goes; null for a file among the temporary ones.</summary>
    public string? Log { get; init; }

    /// <summary>A configuration file of the user's.</summary>
    public string? Config { get; init; }

    /// <summary><c>KEY=VALUE</c> settings of the user's.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
