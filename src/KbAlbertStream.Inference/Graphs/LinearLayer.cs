namespace KbAlbertStream.Inference.Graphs;

/// <summary>A linear layer of the encoder: rows times a weight (inputs, outputs), plus a bias (outputs).</summary>
/// <param name="Name">The weight's name in the graph; layers that share it share the tensor.</param>
/// <param name="Matrix">Gives the weight, (inputs, outputs), when it is needed.</param>
/// <param name="Inputs">Columns of the rows.</param>
/// <param name="Outputs">Columns of the product.</param>
/// <param name="Bias">The bias's name in the graph.</param>
internal sealed record LinearLayer(string Name, Func<float[]> Matrix, int Inputs, int Outputs, string Bias);
