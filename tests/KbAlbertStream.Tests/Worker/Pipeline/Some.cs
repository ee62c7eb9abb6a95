using System.Collections.Immutable;
using System.Text;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Tests.Worker.Pipeline;

/// <summary>Values for tests of the pipeline.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Recorded = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static readonly RiskScores Scores = new(
        new HeadScores("sentiment", ["negative", "neutral", "positive"], [0.98766f, 0.01f, 0.0023f], ["negative"]),
        new HeadScores("reputation", ["data_breach", "labor"], [0.97f, 0.1f], ["data_breach"]),
        new HeadScores("compliance", ["explanation"], [0.2f], []),
        [new Evidence("data_breach", "고객정보 유출")],
        1);

    public static SourceRecord Record(long offset, string? value, MessageKind kind = MessageKind.News, int partition = 0) =>
        new(new RecordPosition(kind, Recorded, "topic", partition, offset), null,
            value is null ? null : Encoding.UTF8.GetBytes(value));

    public static string News(string id, string publishedAt = "2026-03-01T00:00:00Z") =>
        $$"""{"id":"{{id}}","publisher":"p","title":"KB국민은행 소식","published_at":"{{publishedAt}}"}""";

    public static RecordBatch Batch(params SourceRecord[] records) => new(
        [.. records],
        [.. records.GroupBy(record => record.Position.Partition).Select(group => new PartitionPosition(
            MessageKind.News, "topic", group.Key, group.Max(record => record.Position.Offset) + 1, null, null))],
        CutReason.Count);

    public static BatchScorer Scorer(ScoreTexts? score = null) => new(
        new MessageParser(new MessageLimits()),
        new TextPreparer(new TextOptions()),
        new InstitutionLinker(InstitutionDictionary.Load(InstitutionDictionary.ShippedPath)),
        score ?? (texts => [.. texts.Select(_ => Scores)]),
        new ScoreVersions("demo/1", "1", "1", "1"),
        new ComplaintsOptions());
}
