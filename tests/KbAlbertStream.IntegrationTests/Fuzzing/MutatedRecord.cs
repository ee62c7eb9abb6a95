using Confluent.Kafka;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.IntegrationTests.Fuzzing;

/// <summary>What a record holds, before it has a place in Kafka.</summary>
internal sealed record MutatedRecord(
    MessageKind Kind, byte[]? Key, byte[]? Value, Headers? Headers, Timestamp Timestamp);
