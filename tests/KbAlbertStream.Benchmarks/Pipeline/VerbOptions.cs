using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>Options of the form <c>--name value</c>.</summary>
internal sealed class VerbOptions(IEnumerable<string> arguments)
{
    private readonly Dictionary<string, string> _values =
        arguments.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Whether scores come from a stub.</summary>
    public bool IsStub => Text("--scores", "model") == "stub";

    public int[] Numbers(string name, string otherwise) =>
        [.. Text(name, otherwise).Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
