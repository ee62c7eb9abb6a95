using Google.Protobuf;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>A graph of one product of square matrices: what the machine can do at best.</summary>
internal static class MatrixProduct
{
    public static byte[] Graph(int size)
    {
        var graph = new GraphBuilder(GraphPrecision.Full);
        graph.Input("a", KbAlbertStream.Inference.Graphs.Onnx.TensorProto.Types.DataType.Float, $"{size}", $"{size}");
        var b = graph.Weight("b", () => [.. Enumerable.Range(0, size * size).Select(i => (i % 7) - 3f)], size, size);
        graph.NodeNamed("c", "MatMul", ["a", b]);
        graph.Output("c", $"{size}", $"{size}");
        return graph.Build([]).ToByteArray();
    }
}
