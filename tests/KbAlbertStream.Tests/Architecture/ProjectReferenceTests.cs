using System.Xml.Linq;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    // Core <- {Inference, Storage} <- Worker <- Demo;  Core <- Inference <- Trainer.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Inference"] = ["Core"],
        ["Storage"] = ["Core"],
        ["Worker"] = ["Inference", "Storage"],
        ["Demo"] = ["Worker"],
        ["Trainer"] = ["Inference"],
    };

    [Fact]
    public void Every_project_references_only_what_the_arrows_allow()
    {
        foreach (var (project, allowed) in Allowed)
        {
            Assert.Equal(allowed, ReferencesOf(project).Order());
        }
    }

    [Fact]
    public void Every_source_project_is_named_in_the_arrows()
    {
        var projects = Directory.GetDirectories(Repository.PathOf("src")).Select(d => ShortName(Path.GetFileName(d)));

        Assert.Equal(Allowed.Keys.Order(), projects.Order());
    }

    [Theory]
    [InlineData("Core", "Confluent.Kafka", "Npgsql", "Microsoft.ML.OnnxRuntime", "TorchSharp")]
    [InlineData("Inference", "Confluent.Kafka", "Npgsql", "TorchSharp", "Microsoft.ML.OnnxRuntime\"")]
    [InlineData("Storage", "Confluent.Kafka", "Microsoft.ML.OnnxRuntime", "TorchSharp")]
    [InlineData("Worker", "TorchSharp")]
    [InlineData("Trainer", "Confluent.Kafka", "Npgsql")]
    public void A_project_does_not_take_packages_of_another_layer(string project, params string[] forbidden)
    {
        var text = File.ReadAllText(ProjectFile(project));

        Assert.All(forbidden, package => Assert.DoesNotContain($"Include=\"{package}", text, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(ProjectFile(project))
            .Descendants("ProjectReference")
            .Select(e => ShortName(Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value.Replace('\\', '/'))));

    private static string ProjectFile(string project) =>
        Repository.PathOf("src", $"KbAlbertStream.{project}", $"KbAlbertStream.{project}.csproj");

    private static string ShortName(string name) => name["KbAlbertStream.".Length..];
}
