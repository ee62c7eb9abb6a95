namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>A table as documentation takes it: the first column to the left, figures to the right.</summary>
internal sealed class MarkdownTable(params string[] head)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Prints it.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine($"| {string.Join(" | ", head)} |");
        output.WriteLine($"|---|{string.Concat(head.Skip(1).Select(_ => "---:|"))}");
        _rows.ForEach(row => output.WriteLine($"| {string.Join(" | ", row)} |"));
    }
}
