namespace KbAlbertStream.Worker.Commands;

/// <summary>What <c>check</c> found out about one thing.</summary>
/// <param name="Subject">The thing.</param>
/// <param name="Passed">Whether the service can work with it.</param>
/// <param name="Finding">What it is, or what is wrong and what to do.</param>
internal sealed record Verdict(string Subject, bool Passed, string Finding)
{
    /// <inheritdoc />
    public override string ToString() => $"{Subject,-14} {(Passed ? "ok    " : "FAILED")}  {Finding}";
}
