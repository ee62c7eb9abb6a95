using KbAlbertStream.Benchmarks.Scoring;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using Microsoft.Extensions.Logging.Abstractions;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>A precision and a form of the graph: one way to run a model on a GPU.</summary>
/// <param name="Name">As it stands in tables.</param>
/// <param name="Tolerance">What a logit may differ from float32 on the CPU.</param>
internal sealed record GpuWay(string Name, GraphPrecision Precision, GraphForm Form, double Tolerance)
{
    public static GpuWay[] All { get; } =
    [
        new("fp32, fused", GraphPrecision.Full, GraphForm.NoPaddingFused, 2e-5),
        new("fp32, standard", GraphPrecision.Full, GraphForm.NoPadding, 2e-5),
        new("fp16, fused", GraphPrecision.Half, GraphForm.NoPaddingFused, 5e-3),
        new("fp16, standard", GraphPrecision.Half, GraphForm.NoPadding, 5e-3),
    ];

    /// <summary>A session as the worker makes it.</summary>
    public EncoderSession Open(EncoderShape shape, ExecutionProvider provider) => new(
        PeerFolder.Graph(shape, Precision, Form, PeerFolder.Head),
        [PeerFolder.Head],
        new EncoderOptions { Provider = provider },
        NullLogger.Instance);
}
