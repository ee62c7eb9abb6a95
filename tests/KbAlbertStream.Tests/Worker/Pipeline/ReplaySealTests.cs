using System.Text;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Tests.Worker.Pipeline;

public sealed class ReplaySealTests
{
    private static readonly RecordPosition Original = new(
        MessageKind.News, new DateTimeOffset(2026, 3, 1, 1, 2, 3, 456, TimeSpan.Zero), "risk.news.v1", 3, 41);

    private static readonly RecordPosition ReadAt = Original with { Partition = 1, Offset = 99, RecordedAt = DateTimeOffset.UnixEpoch };

    private static readonly byte[] Key = [1, 2], Value = "value"u8.ToArray();

    private readonly ReplaySeal _seal = new("a key for tests, not a secret");

    [Fact]
    public void A_sealed_record_opens_at_its_original_position()
    {
        var headers = Sealed(Original, Key, Value);

        Assert.True(ReplaySeal.IsClaimed(headers));
        Assert.True(_seal.TryOpen(headers, ReadAt, Key, Value, out var original));
        Assert.Equal(Original, original);
    }

    [Fact]
    public void A_record_without_key_and_value_opens_too()
    {
        Assert.True(_seal.TryOpen(Sealed(Original, null, null), ReadAt, null, null, out var original));
        Assert.Equal(Original, original);
    }

    [Fact]
    public void Whoever_changes_anything_or_has_another_key_opens_nothing()
    {
        var headers = Sealed(Original, Key, Value);

        Assert.False(_seal.TryOpen(headers, ReadAt, Key, "other"u8.ToArray(), out _));
        Assert.False(_seal.TryOpen(headers, ReadAt, [1], Value, out _));
        Assert.False(_seal.TryOpen(headers, ReadAt, null, Value, out _));
        Assert.False(_seal.TryOpen(headers, ReadAt, Key, null, out _));
        Assert.False(new ReplaySeal("another key, as long").TryOpen(headers, ReadAt, Key, Value, out _));
        Assert.False(_seal.TryOpen(
            Changed(headers, ReplaySeal.PositionHeader, "risk.news.v1[3]@42 recorded 1772326923456"), ReadAt, Key, Value, out _));
        Assert.False(_seal.TryOpen(Changed(headers, ReplaySeal.SignatureHeader, ""), ReadAt, Key, Value, out _));
    }

    [Fact]
    public void A_copy_in_another_topic_is_a_record_of_its_own()
    {
        var copied = ReadAt with { Topic = "risk.news.v1.mirror" };

        Assert.False(_seal.TryOpen(Sealed(Original, Key, Value), copied, Key, Value, out _));
    }

    [Fact]
    public void A_header_without_a_value_opens_nothing()
    {
        Assert.False(_seal.TryOpen(
            new Headers { { ReplaySeal.PositionHeader, null }, { ReplaySeal.SignatureHeader, [1] } }, ReadAt, Key, Value, out _));
        Assert.False(_seal.TryOpen(
            new Headers { { ReplaySeal.PositionHeader, [1] }, { ReplaySeal.SignatureHeader, null } }, ReadAt, Key, Value, out _));
    }

    [Fact]
    public void An_ordinary_record_claims_nothing()
    {
        Assert.False(ReplaySeal.IsClaimed(null));
        Assert.False(ReplaySeal.IsClaimed([]));
    }

    private static Headers Changed(Headers headers, string name, string value)
    {
        var changed = new Headers();
        foreach (var header in headers)
        {
            changed.Add(header.Key, header.Key == name ? Encoding.ASCII.GetBytes(value) : header.GetValueBytes());
        }

        return changed;
    }

    private Headers Sealed(RecordPosition original, byte[]? key, byte[]? value)
    {
        var headers = new Headers();
        _seal.Add(headers, original, key, value);
        return headers;
    }
}
