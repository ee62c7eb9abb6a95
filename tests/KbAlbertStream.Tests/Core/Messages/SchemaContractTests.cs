using System.Text;
using System.Text.Json;
using Json.Schema;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Messages;

/// <summary>The schemas are what producers read, the parser is what they meet: both must say the same.</summary>
public sealed class SchemaContractTests
{
    private static readonly DateTimeOffset RecordedAt = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageParser Parser = new(new MessageLimits());

    private static readonly Dictionary<string, JsonSchema> Schemas = new[] { "risk.news.v1", "risk.complaints.v1" }
        .ToDictionary(
            topic => topic,
            topic => JsonSchema.FromText(File.ReadAllText(Repository.PathOf("schemas", $"{topic}.schema.json"))));

    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(Repository.PathOf("schemas", "examples"), "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.PathOf("schemas", "examples"), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Schema_and_parser_agree_on_every_example(string example)
    {
        var parts = example.Split('/');
        var isValid = parts[0] == "valid";
        var kind = parts[1] == "risk.news.v1" ? MessageKind.News : MessageKind.Complaint;
        var bytes = File.ReadAllBytes(Repository.PathOf(["schemas", "examples", .. parts]));

        using var json = JsonDocument.Parse(bytes);
        Assert.Equal(isValid, Schemas[parts[1]].Evaluate(json.RootElement).IsValid);
        var parsed = Parser.Parse(kind, bytes, RecordedAt);
        Assert.Equal(isValid, parsed.IsMessage || parsed.IsWithdrawal);
        Assert.Equal(isValid && example.Contains("/withdrawal", StringComparison.Ordinal), parsed.IsWithdrawal);
    }

    [Fact]
    public void Both_topics_have_valid_and_invalid_examples()
    {
        foreach (var folder in new[] { "valid", "invalid" })
        {
            Assert.All(Schemas.Keys, topic => Assert.NotEmpty(
                Directory.GetFiles(Repository.PathOf("schemas", "examples", folder, topic))));
        }
    }

    [Theory]
    [InlineData("risk.news.v1", MessageKind.News)]
    [InlineData("risk.complaints.v1", MessageKind.Complaint)]
    public void The_parser_knows_exactly_the_fields_of_the_schema(string topic, MessageKind kind)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("schemas", $"{topic}.schema.json")));
        var always = schema.RootElement.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ToArray();
        var ofMessages = schema.RootElement.GetProperty("else").GetProperty("required").EnumerateArray();
        var required = ofMessages.Select(name => name.GetString()).Concat(always).ToHashSet();
        var properties = schema.RootElement.GetProperty("properties").EnumerateObject().ToArray();
        Assert.Equal(["id"], always);
        Assert.Equal(MessageField.Deleted, properties[^1].Name);
        var inSchema = properties[..^1].Select(property => (
            property.Name,
            property.Value.TryGetProperty("maxLength", out var length) ? length.GetInt32() : 0,
            required.Contains(property.Name)));

        Assert.Equal(
            inSchema,
            MessageField.Of(kind).Select(field => (field.Name, field.MaxLength, field.Required)));
    }
}
