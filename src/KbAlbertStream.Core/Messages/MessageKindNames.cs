namespace KbAlbertStream.Core.Messages;

/// <summary>The lower-case names of <see cref="MessageKind"/>, as they stand in rows, metrics and JSON.</summary>
public static class MessageKindNames
{
    /// <summary>The wire name: <c>news</c> or <c>complaint</c>.</summary>
    public static string ToWireName(this MessageKind kind) => kind switch
    {
        MessageKind.News => "news",
        MessageKind.Complaint => "complaint",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a message kind"),
    };

    /// <summary>True when <paramref name="name"/> is a wire name.</summary>
    public static bool TryParse(string? name, out MessageKind kind)
    {
        kind = name == "complaint" ? MessageKind.Complaint : MessageKind.News;
        return name is "news" or "complaint";
    }
}
