namespace KbAlbertStream.Inference.Graphs;

/// <summary>How the file stores weights. The computation is float32 in both cases.</summary>
public enum GraphPrecision
{
    /// <summary>As float32.</summary>
    Full,

    /// <summary>As float16 with a cast that the runtime folds at load: half the file.</summary>
    HalfStorage,
}
