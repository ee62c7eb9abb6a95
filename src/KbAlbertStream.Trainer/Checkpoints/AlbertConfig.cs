using System.Collections.Immutable;
using System.Text.Json.Nodes;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>What a Hugging Face <c>config.json</c> says of an ALBERT.</summary>
public sealed record AlbertConfig
{
    /// <summary>The sizes and the activation.</summary>
    public required AlbertShape Shape { get; init; }

    /// <summary>Probability with which a hidden value is dropped in training.</summary>
    public double HiddenDropout { get; init; }

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    public double AttentionDropout { get; init; }

    /// <summary>Probability with which a value that a head reads is dropped in training.</summary>
    public double ClassifierDropout { get; init; } = 0.1;

    /// <summary>The labels' names, by place.</summary>
    public ImmutableArray<string> Labels { get; init; } = ["LABEL_0", "LABEL_1"];

    /// <summary>
    /// <c>single_label_classification</c>, <c>multi_label_classification</c>, <c>regression</c>, or null where the file
    /// does not say.
    /// </summary>
    public string? ProblemType { get; init; }

    /// <summary>Whether the masked-word head reads through the word embeddings.</summary>
    public bool TieWordEmbeddings { get; init; } = true;

    /// <summary>Fields that the file lacks, each with the value that Transformers assumes and that was taken.</summary>
    public ImmutableArray<string> MissingFields { get; init; } = [];

    /// <summary>Fields whose meaning is not known here; they are kept when the model is saved.</summary>
    public ImmutableArray<string> UnknownFields { get; init; } = [];

    /// <summary>The file as it was read; saved again with what changed. Null for a model that was never a file.</summary>
    internal JsonObject? Source { get; init; }
}
