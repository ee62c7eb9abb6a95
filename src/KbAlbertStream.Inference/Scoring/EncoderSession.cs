using KbAlbertStream.Inference.Graphs;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>
/// One ONNX Runtime session over a graph of <see cref="AlbertGraph"/>. One pass at a time: the session's threads are all
/// at work in a pass, and its buffers are reused. Not safe for concurrent use.
/// </summary>
internal sealed class EncoderSession : IDisposable
{
    private static readonly string[] InputNames =
    [
        GraphInputs.Ids, GraphInputs.Positions, GraphInputs.PaddedRows, GraphInputs.Lengths, GraphInputs.TokenSlots,
        GraphInputs.StartRows,
    ];

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _outputNames;
    private readonly float[][] _logits;
    private readonly bool _plansEveryShape;
    private readonly int[] _explained; // the heads whose contributions the graph gives
    private readonly float[][] _contributions; // by head: (texts, longest, labels) of the last pass
    private int _longest;

    /// <summary>Loads the graph.</summary>
    /// <param name="graph">The bytes of the ONNX file.</param>
    /// <param name="heads">The heads to run, each an output of the graph.</param>
    /// <param name="options">Provider and threads.</param>
    /// <param name="logger">Told once when <c>auto</c> falls back to the CPU.</param>
    /// <exception cref="ProviderUnavailableException">CUDA is demanded and cannot be had.</exception>
    public EncoderSession(byte[] graph, IReadOnlyList<GraphHead> heads, EncoderOptions options, ILogger logger)
    {
        Heads = heads;
        _logits = [.. heads.Select(_ => Array.Empty<float>())];
        _contributions = [.. heads.Select(_ => Array.Empty<float>())];
        using var session = Configure(options);
        Provider = Providers.Append(session, options, logger);
        _session = new InferenceSession(graph, session);
        foreach (var head in heads)
        {
            var found = _session.OutputMetadata.TryGetValue(head.Name, out var output);
            if (!found || output!.Dimensions[^1] != head.Labels)
            {
                _session.Dispose();
                throw new InvalidDataException($"The graph has no output {head.Name} of {head.Labels} labels.");
            }
        }

        _plansEveryShape = Provider == ExecutionProvider.Cuda
            && _session.ModelMetadata.CustomMetadataMap.GetValueOrDefault(AlbertGraph.PrecisionKey) == nameof(GraphPrecision.Half);
        _explained = [.. heads.Index().Where(h => _session.OutputMetadata.ContainsKey(h.Item.Contributions)).Select(h => h.Index)];
        _outputNames = [.. heads.Select(head => head.Name), .. _explained.Select(head => heads[head].Contributions)];
    }

    /// <summary>The heads, in the order of <see cref="LogitsOf"/>.</summary>
    public IReadOnlyList<GraphHead> Heads { get; }

    /// <summary>What the session runs on: never <see cref="ExecutionProvider.Auto"/>.</summary>
    public ExecutionProvider Provider { get; }

    /// <summary>The shape in which a pass of so many windows is best given.</summary>
    /// <remarks>
    /// cuDNN's attention, which CUDA takes for float16, makes a plan for every shape: 50 to 90 ms on an H100, where the pass
    /// itself takes 1 to 6 (docs/performance.md).
    /// </remarks>
    public PassShape ShapeOf(int windows, int longest) =>
        _plansEveryShape ? PassShape.OfFew(windows, longest) : PassShape.Exact(windows, longest);

    /// <summary>The logits of one head and one text of the last pass; valid until the next.</summary>
    public ReadOnlySpan<float> LogitsOf(int head, int text) =>
        _logits[head].AsSpan(text * Heads[head].Labels, Heads[head].Labels);

    /// <summary>
    /// What the tokens of one text of the last pass add to one label, [CLS] and [SEP] included, into
    /// <paramref name="contributions"/>, which has the text's length; false when the graph does not tell.
    /// </summary>
    public bool TryGetContributions(int head, int text, int label, Span<float> contributions)
    {
        if (!_explained.Contains(head))
        {
            return false;
        }

        var labels = Heads[head].Labels;
        for (var i = 0; i < contributions.Length; i++)
        {
            contributions[i] = _contributions[head][(((text * _longest) + i) * labels) + label];
        }

        return true;
    }

    /// <summary>Runs one pass.</summary>
    public void Run(PackedBatch batch)
    {
        var (texts, longest) = batch.Shape;

        // The tensors are views of the batch's arrays, pinned while they live: nothing is copied.
        OrtValue[] inputs =
        [
            Tensor(batch.Ids, 1, batch.Tokens), Tensor(batch.Positions, 1, batch.Tokens),
            Tensor(batch.PaddedRows, texts, longest), Tensor(batch.Lengths, texts),
            Tensor(batch.TokenSlots, batch.Tokens), Tensor(batch.StartRows, texts),
        ];
        var outputs = new OrtValue[_outputNames.Length];
        for (var head = 0; head < Heads.Count; head++)
        {
            outputs[head] = Output(ref _logits[head], texts, Heads[head].Labels);
        }

        _longest = longest;
        for (var i = 0; i < _explained.Length; i++)
        {
            var head = _explained[i];
            outputs[Heads.Count + i] = Output(ref _contributions[head], texts, longest, Heads[head].Labels);
        }

        try
        {
            _session.Run(_runOptions, InputNames, inputs, _outputNames, outputs);
        }
        finally
        {
            Array.ForEach(inputs, value => value.Dispose());
            Array.ForEach(outputs, value => value.Dispose());
        }
    }

    /// <summary>Runs a short and a long text, so that the first real batch does not pay for allocations.</summary>
    /// <param name="maxLength">The longest window.</param>
    public void WarmUp(int maxLength)
    {
        var batch = new PackedBatch();
        foreach (var length in (int[])[2, maxLength])
        {
            batch.Start(ShapeOf(1, length), length);
            batch.Add(0, new int[length - 2], 0);
            Run(batch);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>The runtime's options for everything but the provider.</summary>
    internal static SessionOptions Configure(EncoderOptions options)
    {
        var session = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,
            IntraOpNumThreads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
            EnableMemoryPattern = false, // shapes change with every batch, patterns would pile up
        };
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.Spinning ? "1" : "0");
        session.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        return session;
    }

    private static OrtValue Output(ref float[] values, params long[] shape)
    {
        var length = (int)shape.Aggregate(1L, (product, size) => product * size);
        if (values.Length < length)
        {
            values = new float[length];
        }

        return Tensor(values.AsMemory(0, length), shape);
    }

    private static OrtValue Tensor<T>(Memory<T> values, params long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
}
