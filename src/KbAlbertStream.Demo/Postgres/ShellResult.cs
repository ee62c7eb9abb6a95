namespace KbAlbertStream.Demo.Postgres;

/// <summary>How a program ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote, standard output first.</param>
internal readonly record struct ShellResult(int Code, string Output)
{
    /// <summary>True for code 0.</summary>
    public bool Succeeded => Code == 0;

    /// <summary>The last lines of the output, for a message to the user.</summary>
    public string Tail => string.Join('\n', Output.TrimEnd().Split('\n').TakeLast(8));
}
