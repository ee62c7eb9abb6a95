using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Worker.Commands;

/// <summary>The lines that <c>inspect</c> prints. Probabilities are rounded to four digits.</summary>
internal static class InspectionLine
{
    private const int Digits = 4;

    // Hangul as it is: the output goes to a terminal or a file, not into a web page.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes what would be stored.</summary>
    public static void Write(IBufferWriter<byte> output, long line, ScoredEvent scored)
    {
        using (var json = new Utf8JsonWriter(output, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("id", scored.Message.ExternalId);
            json.WriteString("title", scored.Message.Content.Title);
            json.WriteString("text", scored.Message.Content.Text);
            WriteMasked(json, scored);
            WriteEntities(json, scored);
            WriteSentiment(json, scored.Scores.Sentiment);
            WriteLabels(json, "reputation", scored.Scores.Reputation);
            WriteLabels(json, "compliance", scored.Scores.Compliance);
            json.WriteNumber("negative_reputation", Rounded(scored.Scores.NegativeReputation));
            WriteEvidence(json, scored);
            json.WriteNumber("windows", scored.Scores.Windows);
            json.WriteString("model", scored.Versions.Model);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes which text would be taken back.</summary>
    public static void Write(IBufferWriter<byte> output, long line, Withdrawal withdrawal)
    {
        using (var json = new Utf8JsonWriter(output, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("id", withdrawal.ExternalId);
            json.WriteBoolean("withdrawn", true);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes why a line would not be stored.</summary>
    public static void Write(IBufferWriter<byte> output, long line, DeadLetter letter)
    {
        using (var json = new Utf8JsonWriter(output, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("rejected", letter.Reason.ToWireName());
            json.WriteString("detail", letter.Detail);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static double Rounded(float p) => Math.Round((double)p, Digits);

    private static void WriteMasked(Utf8JsonWriter json, ScoredEvent scored)
    {
        json.WriteStartObject("masked");
        foreach (var (type, values) in scored.Message.Masked.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(type, values);
        }

        json.WriteEndObject();
    }

    private static void WriteEntities(Utf8JsonWriter json, ScoredEvent scored)
    {
        json.WriteStartArray("entities");
        foreach (var institution in scored.Institutions)
        {
            json.WriteStartObject();
            json.WriteString("id", institution.Id);
            json.WriteNumber("relevance", institution.Relevance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSentiment(Utf8JsonWriter json, HeadScores head)
    {
        json.WriteStartObject("sentiment");
        json.WriteString("label", head.Chosen[0]);
        WriteProbabilities(json, head);
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, string name, HeadScores head)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("labels");
        foreach (var label in head.Chosen)
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
        WriteProbabilities(json, head);
        json.WriteEndObject();
    }

    private static void WriteProbabilities(Utf8JsonWriter json, HeadScores head)
    {
        json.WriteStartObject("p");
        foreach (var (label, p) in head.Labels.Zip(head.Probabilities))
        {
            json.WriteNumber(label, Rounded(p));
        }

        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, ScoredEvent scored)
    {
        json.WriteStartArray("evidence");
        foreach (var evidence in scored.Scores.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("label", evidence.Label);
            json.WriteString("text", evidence.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
