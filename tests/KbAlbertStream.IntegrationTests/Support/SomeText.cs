using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>A scored text with sensible values for what a test does not care about.</summary>
internal sealed record SomeText(long Offset)
{
    /// <summary>Noon in Korea on the first day of the tests' history.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 3, 0, 0, TimeSpan.Zero);

    /// <summary>The sender's identifier; null makes one of the offset.</summary>
    public string? Id { get; init; }

    public MessageKind Kind { get; init; } = MessageKind.News;

    public int Partition { get; init; }

    public DateTimeOffset RecordedAt { get; init; } = Noon;

    public DateTimeOffset OccurredAt { get; init; } = Noon;

    public string Title { get; init; } = "고객 정보 유출";

    public string Text { get; init; } = "은행이 사과했다.";

    /// <summary>Exact copies share it; null makes a story of its own.</summary>
    public string? Story { get; init; }

    public string Source { get; init; } = "연합";

    public string? CustomerRef { get; init; }

    public ImmutableArray<LinkedInstitution> Institutions { get; init; } = [new("kb_bank", 90)];

    public float Negative { get; init; } = 0.9f;

    public ImmutableArray<string> Reputation { get; init; } = ["data_breach"];

    public ScoreVersions Versions { get; init; } = new("demo/1", "labels/2", "masker/3", "dictionary/4");

    public static implicit operator ScoredEvent(SomeText text) => text.Build();

    public ScoredEvent Build()
    {
        var topic = Kind == MessageKind.News ? "risk.news.v1" : "risk.complaints.v1";
        ImmutableArray<string> labels = ["data_breach", "misselling", "it_outage"];
        return new ScoredEvent(
            new RecordPosition(Kind, RecordedAt, topic, Partition, Offset),
            new PreparedMessage
            {
                Kind = Kind,
                ExternalId = Id ?? $"id-{Offset}",
                Source = Source,
                Content = new PreparedText(Title, Text),
                OccurredAt = OccurredAt,
                CustomerRef = CustomerRef,
                Url = Kind == MessageKind.News ? "https://news.example/1" : null,
                Sector = Kind == MessageKind.News ? null : "bank",
                Masked = new Dictionary<string, int> { ["phone"] = 2 },
                ContentHash = Hash(Title + Text),
                StoryHash = Hash(Story ?? $"{Kind}/{Partition}/{Offset}"),
            },
            Institutions,
            new RiskScores(
                new HeadScores("sentiment", ["negative", "neutral", "positive"], [Negative, 1 - Negative, 0], ["negative"]),
                new HeadScores(
                    "reputation", labels, [.. labels.Select(l => Reputation.Contains(l) ? 0.95f : 0.01f)], Reputation),
                new HeadScores("compliance", ["explanation", "suitability"], [0.8f, 0.1f], ["explanation"]),
                [new Evidence("data_breach", Title)],
                Windows: 1),
            Versions);
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
