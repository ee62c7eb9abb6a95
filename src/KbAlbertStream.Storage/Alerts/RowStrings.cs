using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>
/// The strings of one read, each kept once: a detector that starts reads millions of rows with a few hundred sources,
/// topics and categories. Never outlives its read, so that no sender can fill it.
/// </summary>
internal sealed class RowStrings
{
    private readonly Dictionary<string, string> _strings = [];
    private readonly Dictionary<string, ImmutableArray<string>> _lists = [];

    public string Of(string value) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_strings, value, out _) ??= value;

    public ImmutableArray<string> Of(string[] values)
    {
        var key = string.Join('\n', values);
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_lists, key, out var isThere);
        if (!isThere)
        {
            list = [.. values];
        }

        return list;
    }
}
