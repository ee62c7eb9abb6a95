namespace KbAlbertStream.Worker.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Key">The full key, <c>Batching:MaxRecords</c>.</param>
/// <param name="Value">What was configured; null when nothing was, <c>(hidden)</c> for secrets.</param>
/// <param name="Reason">What is wrong with it and what is expected.</param>
public sealed record ConfigurationError(string Key, string? Value, string Reason)
{
    /// <summary>Stands for the value of a secret.</summary>
    public const string HiddenValue = "(hidden)";

    /// <inheritdoc />
    public override string ToString() => $"{Key} = {Value ?? "(not set)"}: {Reason}";
}
