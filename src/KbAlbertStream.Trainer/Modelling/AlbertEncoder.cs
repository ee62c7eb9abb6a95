using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// ALBERT's encoder (Lan et al. 2020): factorised embeddings, and layers that share the weights of their group.
/// Weight names and arithmetic are those of Hugging Face Transformers' AlbertModel.
/// </summary>
internal sealed class AlbertEncoder
{
    private const string Embeddings = "albert.embeddings";
    private const string Mapping = "albert.encoder.embedding_hidden_mapping_in";
    private readonly WeightSet _weights;

    public AlbertEncoder(WeightSet weights, AlbertShape shape)
    {
        _weights = weights;
        Shape = shape;
        weights.AddNormal($"{Embeddings}.word_embeddings.weight", shape.VocabSize, shape.EmbeddingSize);
        weights.AddNormal($"{Embeddings}.position_embeddings.weight", shape.MaxPositions, shape.EmbeddingSize);
        weights.AddNormal($"{Embeddings}.token_type_embeddings.weight", shape.TokenTypes, shape.EmbeddingSize);
        weights.AddLayerNorm($"{Embeddings}.LayerNorm", shape.EmbeddingSize);
        weights.AddLinear(Mapping, shape.HiddenSize, shape.EmbeddingSize);
        for (var group = 0; group < shape.Groups; group++)
        {
            for (var layer = 0; layer < shape.LayersPerGroup; layer++)
            {
                AddLayer(LayerName(group, layer));
            }
        }
    }

    /// <summary>The sizes.</summary>
    public AlbertShape Shape { get; }

    /// <summary>The hidden states (B, S, hidden) of a batch, in the compute type.</summary>
    /// <param name="batch">The tokens.</param>
    /// <param name="dropout">Probability with which a hidden value is dropped; 0 outside training.</param>
    /// <param name="attentionDropout">Probability with which an attention weight is dropped.</param>
    /// <param name="states">Takes the mapped embeddings and what each layer gives, when it is not null.</param>
    public Tensor Forward(
        TokenBatch batch, double dropout = 0, double attentionDropout = 0, ICollection<Tensor>? states = null)
    {
        var x = _weights.Linear(Embed(batch, dropout), Mapping);
        states?.Add(x);
        var attends = batch.Mask is { } mask ? mask.unsqueeze(1).unsqueeze(1) : null;
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            var group = layer * Shape.Groups / Shape.Layers;
            for (var inner = 0; inner < Shape.LayersPerGroup; inner++)
            {
                x = ApplyLayer(x, LayerName(group, inner), attends, dropout, attentionDropout);
                states?.Add(x);
            }
        }

        return x;
    }

    /// <summary>Drops values with that probability and scales up the rest.</summary>
    internal static Tensor Dropped(Tensor x, double probability) => probability > 0 ? F.dropout(x, probability) : x;

    private static string LayerName(int group, int layer) =>
        $"albert.encoder.albert_layer_groups.{group}.albert_layers.{layer}";

    private void AddLayer(string name)
    {
        foreach (var part in (string[])["query", "key", "value", "dense"])
        {
            _weights.AddLinear($"{name}.attention.{part}", Shape.HiddenSize, Shape.HiddenSize);
        }

        _weights.AddLayerNorm($"{name}.attention.LayerNorm", Shape.HiddenSize);
        _weights.AddLinear($"{name}.ffn", Shape.IntermediateSize, Shape.HiddenSize);
        _weights.AddLinear($"{name}.ffn_output", Shape.HiddenSize, Shape.IntermediateSize);
        _weights.AddLayerNorm($"{name}.full_layer_layer_norm", Shape.HiddenSize);
    }

    private Tensor Embed(TokenBatch batch, double dropout)
    {
        var positions = _weights.ByName[$"{Embeddings}.position_embeddings.weight"].narrow(0, 0, batch.Ids.shape[1]);
        var type = batch.Types is { } types
            ? Rows("token_type_embeddings", types)
            : _weights.ByName[$"{Embeddings}.token_type_embeddings.weight"].select(0, 0);
        var sum = (Rows("word_embeddings", batch.Ids) + positions + type).to_type(_weights.Compute);
        return Dropped(_weights.LayerNorm(sum, $"{Embeddings}.LayerNorm", Shape.LayerNormEpsilon), dropout);
    }

    private Tensor Rows(string table, Tensor ids) => _weights.ByName[$"{Embeddings}.{table}.weight"]
        .index_select(0, ids.reshape(-1)).view(ids.shape[0], ids.shape[1], Shape.EmbeddingSize);

    private Tensor ApplyLayer(Tensor x, string name, Tensor? attends, double dropout, double attentionDropout)
    {
        var context = Attend(x, $"{name}.attention", attends, attentionDropout);
        var attended = Dropped(_weights.Linear(context, $"{name}.attention.dense"), dropout);
        var y = _weights.LayerNorm(x + attended, $"{name}.attention.LayerNorm", Shape.LayerNormEpsilon);
        var inner = HiddenActivation.Apply(Shape.Activation, _weights.Linear(y, $"{name}.ffn"));
        var fed = Dropped(_weights.Linear(inner, $"{name}.ffn_output"), dropout);
        return _weights.LayerNorm(y + fed, $"{name}.full_layer_layer_norm", Shape.LayerNormEpsilon);
    }

    private Tensor Attend(Tensor x, string name, Tensor? attends, double dropout)
    {
        var (texts, length) = (x.shape[0], x.shape[1]);
        Tensor Part(string part) =>
            _weights.Linear(x, $"{name}.{part}").view(texts, length, Shape.AttentionHeads, -1).transpose(1, 2);

        // Written out: on CPUs the fused kernel's backward pass in bfloat16 takes six times as long (measured).
        var scores = Part("query").matmul(Part("key").transpose(2, 3)) / Math.Sqrt((double)Shape.HiddenSize / Shape.AttentionHeads);
        if (attends is not null)
        {
            scores = scores.masked_fill(attends.logical_not(), double.NegativeInfinity);
        }

        return Dropped(scores.softmax(-1), dropout).matmul(Part("value"))
            .transpose(1, 2).reshape(texts, length, Shape.HiddenSize);
    }
}
