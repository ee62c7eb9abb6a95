namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>
/// The only names that a pickle may mention: what a state dict needs. A name is never looked up anywhere: it is an
/// object of this type, and "calling" it is a case of a switch.
/// </summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Type">A storage's element type.</param>
internal sealed record PickleGlobal(PickleGlobal.Meaning Kind, ElementType? Type = null)
{
    /// <summary>What a name stands for.</summary>
    internal enum Meaning
    {
        /// <summary><c>collections.OrderedDict</c>.</summary>
        OrderedDict,

        /// <summary><c>torch._utils._rebuild_tensor_v2(storage, offset, size, stride, ...)</c>, and its forerunner.</summary>
        RebuildTensor,

        /// <summary><c>torch._utils._rebuild_parameter(tensor, requires_grad, hooks)</c>.</summary>
        RebuildParameter,

        /// <summary><c>torch.FloatStorage</c> and its siblings: names a type, is never called.</summary>
        Storage,
    }

    /// <summary>The global of that name; null for every other name.</summary>
    public static PickleGlobal? Find(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict") => new PickleGlobal(Meaning.OrderedDict),
        ("torch._utils", "_rebuild_tensor_v2" or "_rebuild_tensor") => new PickleGlobal(Meaning.RebuildTensor),
        ("torch._utils", "_rebuild_parameter") => new PickleGlobal(Meaning.RebuildParameter),
        ("torch", _) when ElementTypes.FromStorage(name) is { } type => new PickleGlobal(Meaning.Storage, type),
        _ => null,
    };
}
