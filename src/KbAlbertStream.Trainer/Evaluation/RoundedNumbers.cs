using System.Text.Json;
using System.Text.Json.Serialization;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Writes figures with four decimals: more would claim what a few hundred texts cannot tell.</summary>
internal sealed class RoundedNumbers : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value, 4));
}
