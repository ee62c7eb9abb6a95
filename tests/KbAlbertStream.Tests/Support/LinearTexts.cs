using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Support;

/// <summary>
/// What <see cref="RecentTexts"/> promises, written down as plainly as can be: a list, searched from its beginning.
/// </summary>
internal sealed class LinearTexts(TimeSpan copySpan)
{
    public List<SeenText> Texts { get; } = [];

    public void Restore(SeenText text) => Texts.Insert(Texts.Count(other => other.OccurredAt <= text.OccurredAt), text);

    public void Add(SeenText text)
    {
        if (text.ExternalId is { } id)
        {
            Remove(id);
        }

        var counted = text.Story is null
            ? []
            : Texts.Where(other => !other.IsCopy && other.Story == text.Story).ToList();
        var isCopy = counted.Any(other =>
            other.OccurredAt <= text.OccurredAt && text.OccurredAt - other.OccurredAt <= copySpan);
        foreach (var other in counted.Where(other => !isCopy
            && other.OccurredAt > text.OccurredAt && other.OccurredAt - text.OccurredAt <= copySpan))
        {
            Texts[Texts.IndexOf(other)] = other with { IsCopy = true };
        }

        Restore(text with { IsCopy = isCopy });
    }

    public void Remove(string externalId)
    {
        var index = Texts.FindIndex(text => text.ExternalId == externalId);
        if (index < 0)
        {
            return;
        }

        var removed = Texts[index];
        Texts.RemoveAt(index);
        if (removed.IsCopy || removed.Story is null)
        {
            return;
        }

        var last = Texts.Take(index).LastOrDefault(text => !text.IsCopy && text.Story == removed.Story)?.OccurredAt;
        for (var i = index; i < Texts.Count; i++)
        {
            if (Texts[i].Story == removed.Story)
            {
                var counts = last is null || Texts[i].OccurredAt - last > copySpan;
                Texts[i] = Texts[i] with { IsCopy = !counts };
                last = counts ? Texts[i].OccurredAt : last;
            }
        }
    }

    public void ForgetBefore(DateTimeOffset moment) => Texts.RemoveAll(text => text.OccurredAt < moment);

    public SeenText[] Between(DateTimeOffset after, DateTimeOffset until) =>
        [.. Texts.Where(text => text.OccurredAt > after && text.OccurredAt <= until)];
}
