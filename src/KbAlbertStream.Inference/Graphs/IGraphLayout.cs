namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// The steps of the network that depend on how a batch is laid out. "Rows" are hidden states of tokens: (T, H) without
/// padding, (B, S, H) with it; MatMul takes both.
/// </summary>
internal interface IGraphLayout
{
    /// <summary>Declares the graph's inputs.</summary>
    void AddInputs(bool types);

    /// <summary>Rows of the sum of the embeddings, normalised.</summary>
    /// <param name="words">(vocabulary, E).</param>
    /// <param name="positions">(positions, E).</param>
    /// <param name="types">(token types, E); null when type 0 is in the positions.</param>
    /// <param name="norm">Weight and bias of the layer normalisation.</param>
    string Embed(string words, string positions, string? types, (string Weight, string Bias) norm);

    /// <summary>Rows of attention's context: what every token takes from the tokens of its text.</summary>
    /// <param name="x">Rows (H).</param>
    /// <param name="queryKeyValue">Makes the queries, keys and values of all heads, (3H), of a row.</param>
    string Attend(string x, LinearLayer queryKeyValue);

    /// <summary>activation(layer(x)).</summary>
    string Activate(string x, LinearLayer layer);

    /// <summary>The normalised sum of layer(x) and <paramref name="skip"/>.</summary>
    string AddAndNormalise(string x, LinearLayer layer, string skip, (string Weight, string Bias) norm);

    /// <summary>(B, H): the row of each text's first token.</summary>
    string FirstRows(string x);

    /// <summary>(B, S, K) from rows (K).</summary>
    string PerText(string x);

    /// <summary>bool (B, S, 1): whether a token stands there.</summary>
    string IsToken();
}
