using System.Text.Json;

namespace KbAlbertStream.Demo.Samples;

/// <summary>All templates of a folder, by what they are for.</summary>
internal sealed class TemplateSet
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string _folder;

    private TemplateSet(string folder)
    {
        _folder = folder;
        News = Read("news");
        Complaints = Read("complaints");
        Personal = Read("personal");
        Sport = Read("sport");
        Wire = Read("wire");
    }

    /// <summary>Everyday news, about institutions or the market.</summary>
    public IReadOnlyList<Template> News { get; }

    /// <summary>Everyday complaints, questions and thanks.</summary>
    public IReadOnlyList<Template> Complaints { get; }

    /// <summary>Messages that hold personal numbers.</summary>
    public IReadOnlyList<Template> Personal { get; }

    /// <summary>News about teams that bear an institution's name.</summary>
    public IReadOnlyList<Template> Sport { get; }

    /// <summary>Agency stories that many publishers copy.</summary>
    public IReadOnlyList<Template> Wire { get; }

    /// <summary>Reads a folder such as <c>samples/templates</c>.</summary>
    public static TemplateSet Load(string folder) => new(folder);

    /// <summary>The stories of a spike of one category.</summary>
    public IReadOnlyList<Template> Spike(string category) => Read($"spike-{category}");

    private List<Template> Read(string name) =>
        [.. File.ReadLines(Path.Combine(_folder, name + ".jsonl")).Select(line => JsonSerializer.Deserialize<Template>(line, Json)!)];
}
