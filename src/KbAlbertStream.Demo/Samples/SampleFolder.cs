namespace KbAlbertStream.Demo.Samples;

/// <summary>The files of <c>samples/</c>: the copy beside the program, or another folder of the same form.</summary>
internal sealed record SampleFolder(string Path)
{
    /// <summary>The folder that is copied beside the program when it is built.</summary>
    public static SampleFolder Shipped { get; } = new(System.IO.Path.Combine(AppContext.BaseDirectory, "samples"));

    /// <summary>The dictionary of the invented institutions.</summary>
    public string Dictionary => System.IO.Path.Combine(Path, "institutions.json");

    /// <summary>The stream that is replayed by default.</summary>
    public string Stream => System.IO.Path.Combine(Path, "stream.jsonl");

    /// <summary>The texts from which streams are made.</summary>
    public string Templates => System.IO.Path.Combine(Path, "templates");
}
