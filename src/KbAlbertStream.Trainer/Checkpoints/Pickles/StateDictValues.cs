namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>Builds what the names of <see cref="PickleGlobal"/> stand for from their arguments.</summary>
internal static class StateDictValues
{
    /// <summary>What "calling" a global gives: an empty dict, or a tensor.</summary>
    public static object Call(object? callee, object? arguments, Func<string, CheckpointException> error) =>
        ((callee as PickleGlobal)?.Kind, arguments) switch
        {
            (PickleGlobal.Meaning.OrderedDict, object?[] and []) => new PickleDict(),
            (PickleGlobal.Meaning.OrderedDict, object?[] and [List<object?> pairs]) => DictOf(pairs, error),
            (PickleGlobal.Meaning.RebuildTensor,
                object?[] and [PickleStorage storage, long offset, object?[] size, object?[] stride, ..]) => new PickleTensor(storage, offset, Numbers(size, error), Numbers(stride, error)),
            (PickleGlobal.Meaning.RebuildParameter, object?[] and [PickleTensor tensor, ..]) => tensor,
            (null, _) => throw error("the pickle calls something that is no function"),
            var (kind, _) => throw error($"the pickle gives {kind} arguments of other kinds than torch does"),
        };

    /// <summary>
    /// What a persistent id refers to: <c>("storage", type, key, device, count)</c>; in files of torch before 1.6 a view
    /// follows, which is None.
    /// </summary>
    public static PickleStorage Storage(object? id, Func<string, CheckpointException> error) => id switch
    {
        object?[] and ["storage", PickleGlobal { Type: { } type }, string key, string, long count] =>
            new PickleStorage(type, key, count),
        object?[] and ["storage", PickleGlobal { Type: { } type }, string key, string, long count, null] =>
            new PickleStorage(type, key, count),
        object?[] and ["storage", PickleGlobal { Type: not null }, string, string, long, object?[]] =>
            throw error("a storage is a view of another storage: save the file again with torch 0.4 or newer"),
        _ => throw error("the pickle refers to something that is no storage of torch"),
    };

    private static PickleDict DictOf(List<object?> pairs, Func<string, CheckpointException> error)
    {
        var dict = new PickleDict();
        foreach (var pair in pairs)
        {
            dict.Items.Add(pair switch
            {
                object?[] and [var key, var value] => new(key, value),
                List<object?> and [var key, var value] => new(key, value),
                _ => throw error("the pickle makes a dict of something that is no pair"),
            });
        }

        return dict;
    }

    private static long[] Numbers(object?[] values, Func<string, CheckpointException> error) =>
        [.. values.Select(value => value is long number ? number : throw error("a tensor's size or stride is no number"))];
}
