namespace KbAlbertStream.Storage.Writing;

/// <summary>The names of <see cref="RefusalReason"/> as they stand in rows, metrics and output.</summary>
public static class RefusalReasonNames
{
    /// <summary>The name of a refusal's reason.</summary>
    public static string ToWireName(this RefusalReason reason) => reason switch
    {
        RefusalReason.TopicRecreated => "topic_recreated",
        RefusalReason.BeyondEnd => "beyond_end",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not a reason of a refusal"),
    };

    /// <summary>The reason that a column names; null for null.</summary>
    public static RefusalReason? Parse(string? name) => name switch
    {
        null => null,
        "topic_recreated" => RefusalReason.TopicRecreated,
        "beyond_end" => RefusalReason.BeyondEnd,
        _ => throw new InvalidDataException($"not a reason of a refusal: {name}"),
    };
}
