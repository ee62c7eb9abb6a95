using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Bundles;

public sealed class ManifestSchemaTests(FormulaBundleFixture bundle) : IClassFixture<FormulaBundleFixture>
{
    private static readonly JsonSchema Schema =
        JsonSchema.FromText(File.ReadAllText(Repository.PathOf("schemas", "model-manifest.schema.json")));

    [Fact]
    public void A_written_manifest_fits_the_schema() => AssertBoth(Manifest(), valid: true);

    [Fact]
    public void The_manifest_of_the_model_that_ships_fits_the_schema()
    {
        var folder = BundleLocator.Resolve(Repository.PathOf("models", "demo"));

        AssertBoth(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")))!, valid: true);
    }

    [Fact]
    public void Without_any_one_of_its_fields_a_manifest_fits_neither_schema_nor_reader()
    {
        foreach (var path in ObjectPaths(Manifest(), []).ToList())
        {
            foreach (var field in At(Manifest(), path).AsObject().Select(f => f.Key).ToList())
            {
                var changed = Manifest();
                At(changed, path).AsObject().Remove(field);
                // The schema cannot say that there is a threshold for every label; the reader can.
                AssertBoth(changed, valid: false, schemaToo: path is not [.., "thresholds"]);
            }
        }
    }

    [Fact]
    public void With_an_unknown_field_anywhere_a_manifest_fits_neither_schema_nor_reader()
    {
        foreach (var path in ObjectPaths(Manifest(), []).ToList())
        {
            var changed = Manifest();
            At(changed, path)["surprise"] = true;
            AssertBoth(changed, valid: false);
        }
    }

    private static void AssertBoth(JsonNode manifest, bool valid, bool schemaToo = true)
    {
        var bytes = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        using var document = JsonDocument.Parse(bytes);

        var read = ManifestReader.Read(bytes, out var errors);

        Assert.True(valid == read is not null, $"{string.Join("; ", errors)}: {manifest}");
        if (schemaToo)
        {
            Assert.True(valid == Schema.Evaluate(document.RootElement).IsValid, manifest.ToJsonString());
        }
    }

    private static IEnumerable<string[]> ObjectPaths(JsonNode node, string[] path)
    {
        if (node is JsonObject fields)
        {
            yield return path;
            foreach (var inner in fields.SelectMany(f => ObjectPaths(f.Value!, [.. path, f.Key])))
            {
                yield return inner;
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var inner in items.SelectMany((item, i) => ObjectPaths(item!, [.. path, $"{i}"])))
            {
                yield return inner;
            }
        }
    }

    private static JsonNode At(JsonNode root, string[] path) =>
        path.Aggregate(root, (node, part) => node is JsonArray ? node[int.Parse(part, CultureInfo.InvariantCulture)]! : node[part]!);

    private JsonNode Manifest() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(BundleLocator.Resolve(bundle.Folder), "manifest.json")))!;
}
