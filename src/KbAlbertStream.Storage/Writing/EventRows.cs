using System.Collections.Immutable;
using System.Runtime.InteropServices;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;
using NpgsqlTypes;

namespace KbAlbertStream.Storage.Writing;

/// <summary>A scored text as a row of <c>scored_events</c>.</summary>
internal static class EventRows
{
    /// <summary>The columns that a text fills, in the order in which <see cref="WriteAsync"/> writes them.</summary>
    public const string Columns =
        """
        kind, recorded_at, topic, "partition", "offset",
        external_id, customer_ref, publisher, channel, url, language, sector, institution,
        primary_institution, institution_ids, institutions, occurred_at, title, text, masked,
        sentiment, p_negative, p_neutral, p_positive,
        reputation_labels, reputation, compliance_labels, compliance, negative_reputation, evidence, windows,
        content_hash, story_hash, model_version, label_set_version, masker_version, dictionary_version
        """;

    /// <summary>Writes one row of a binary COPY into <see cref="Columns"/>.</summary>
    public static async Task WriteAsync(
        NpgsqlBinaryImporter copy,
        ScoredEvent scored,
        EventJson json,
        bool storeText,
        CancellationToken cancellationToken)
    {
        var (position, message, scores) = (scored.Position, scored.Message, scored.Scores);
        var news = position.Kind == MessageKind.News;
        var institutions = scored.Institutions.Sort(static (a, b) => b.Relevance.CompareTo(a.Relevance));

        await copy.StartRowAsync(cancellationToken);
        await Text(position.Kind.ToWireName());
        await Time(position.RecordedAt);
        await Text(position.Topic);
        await copy.WriteAsync(position.Partition, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(position.Offset, NpgsqlDbType.Bigint, cancellationToken);

        await Text(message.ExternalId);
        await Text(message.CustomerRef);
        await Text(news ? message.Source : null);
        await Text(news ? null : message.Source);
        await Text(message.Url);
        await Text(message.Language);
        await Text(message.Sector);
        await Text(message.Institution);

        await Text(institutions.IsEmpty ? null : institutions[0].Id);
        await Texts([.. institutions.Select(i => i.Id)]);
        await Json(json.Institutions(institutions));
        await Time(message.OccurredAt);
        await Text(storeText && message.Content.Title.Length > 0 ? message.Content.Title : null);
        await Text(storeText && message.Content.Text.Length > 0 ? message.Content.Text : null);
        await Json(json.Masked(message.Masked));

        await Text(scores.Sentiment.Chosen[0]);
        await Real(scores.Sentiment["negative"]);
        await Real(scores.Sentiment["neutral"]);
        await Real(scores.Sentiment["positive"]);

        await Texts(scores.Reputation.Chosen);
        await Json(json.Probabilities(scores.Reputation));
        await Texts(scores.Compliance.Chosen);
        await Json(json.Probabilities(scores.Compliance));
        await Real(scores.NegativeReputation);
        await Json(json.Evidence(scores.Evidence, storeText));
        await copy.WriteAsync(scores.Windows, NpgsqlDbType.Integer, cancellationToken);

        await Bytes(message.ContentHash);
        await Bytes(message.StoryHash);
        await Text(scored.Versions.Model);
        await Text(scored.Versions.LabelSet);
        await Text(scored.Versions.Masker);
        await Text(scored.Versions.Dictionary);

        Task Text(string? value) => value is null
            ? copy.WriteNullAsync(cancellationToken)
            : copy.WriteAsync(value, NpgsqlDbType.Text, cancellationToken);
        Task Texts(ImmutableArray<string> values) => copy.WriteAsync(
            ImmutableCollectionsMarshal.AsArray(values)!, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        Task Json(ReadOnlyMemory<byte> value) => copy.WriteAsync(value, NpgsqlDbType.Jsonb, cancellationToken);
        Task Real(float value) => copy.WriteAsync(value, NpgsqlDbType.Real, cancellationToken);
        Task Bytes(string hex) => copy.WriteAsync(Convert.FromHexString(hex), NpgsqlDbType.Bytea, cancellationToken);
        Task Time(DateTimeOffset value) =>
            copy.WriteAsync(PostgresTime.ToUtc(value), NpgsqlDbType.TimestampTz, cancellationToken);
    }
}
