namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>
/// A dict as it was filled: keys may repeat, the last one counts. Keys are not hashed, so they may be anything.
/// </summary>
internal sealed class PickleDict
{
    /// <summary>Keys and values in the order in which they were set.</summary>
    public List<KeyValuePair<object?, object?>> Items { get; } = [];

    /// <summary>The last value under a text key; null when there is none.</summary>
    public object? this[string key] => Items.FindLast(item => item.Key is string name && name == key).Value;
}
