using System.Globalization;
using System.Reflection;
using System.Text;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>The sections of <c>folding.txt</c>, which says how to read it: what the reference makes of code points.</summary>
internal static class FoldingTable
{
    private static readonly Lazy<Dictionary<string, Dictionary<int, int[]>>> Sections = new(Read);

    /// <summary>Lower case of single code points.</summary>
    public static IReadOnlyDictionary<int, int[]> Lower => Sections.Value["lower"];

    /// <summary>Canonical decomposition without accents; Hangul syllables are left out.</summary>
    public static IReadOnlyDictionary<int, int[]> Strip => Sections.Value["strip"];

    /// <summary>The canonical combining class of code points that have one other than 0.</summary>
    public static IReadOnlyDictionary<int, byte> Order { get; } =
        Sections.Value["order"].ToDictionary(entry => entry.Key, entry => (byte)(entry.Value[0] - entry.Key));

    private static Dictionary<string, Dictionary<int, int[]>> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("KbAlbertStream.Core.folding.txt")!;
        using var lines = new StreamReader(stream, Encoding.ASCII);
        var sections = new Dictionary<string, Dictionary<int, int[]>>(StringComparer.Ordinal);
        var section = new Dictionary<int, int[]>();
        while (lines.ReadLine() is { } line)
        {
            if (line[0] == '[')
            {
                sections.Add(line[1..^1], section = []);
            }
            else if (line[0] != '#')
            {
                Add(line, section);
            }
        }

        return sections;
    }

    private static void Add(string line, Dictionary<int, int[]> section)
    {
        var parts = line.Split(' ');
        var range = parts[0].Split('-', '/');
        var first = Hex(range[0]);
        var last = range.Length > 1 ? Hex(range[1]) : first;
        var step = range.Length > 2 ? Hex(range[2]) : 1;
        for (var c = first; c <= last; c += step)
        {
            section.Add(c, parts[1][0] switch
            {
                '=' => [],
                '+' => [c + Hex(parts[1][1..])],
                '-' => [c - Hex(parts[1][1..])],
                _ => [.. parts[1..].Select(Hex)],
            });
        }
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
