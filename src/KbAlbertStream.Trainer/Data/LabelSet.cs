using System.Collections.Immutable;
using System.Text.Json;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Data;

/// <summary>The three heads with their labels, from <c>labels.json</c>: the order of the file is the order of the logits.</summary>
internal sealed class LabelSet
{
    private LabelSet(string version, ImmutableArray<HeadShape> heads) => (Version, Heads) = (version, heads);

    /// <summary>Index of the sentiment head.</summary>
    public const int Sentiment = 0;

    /// <summary>Index of the reputation head.</summary>
    public const int Reputation = 1;

    /// <summary>Index of the compliance head.</summary>
    public const int Compliance = 2;

    /// <summary>The version that rows carry.</summary>
    public string Version { get; }

    /// <summary>Sentiment, reputation, compliance.</summary>
    public ImmutableArray<HeadShape> Heads { get; }

    /// <summary>Reads the file of the data folder.</summary>
    public static LabelSet Load(string data)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "risk", "labels.json")));
        var root = file.RootElement;
        ImmutableArray<string> Of(string head) =>
        [
            .. root.GetProperty("labels").EnumerateArray()
                .Where(label => label.GetProperty("head").GetString() == head)
                .Select(label => label.GetProperty("id").GetString()!),
        ];
        return new LabelSet(
            root.GetProperty("version").GetString()!,
            [
                ModelDefaults.Sentiment,
                new HeadShape("reputation", Of("reputation"), MultiLabel: true),
                new HeadShape("compliance", Of("compliance"), MultiLabel: true),
            ]);
    }
}
