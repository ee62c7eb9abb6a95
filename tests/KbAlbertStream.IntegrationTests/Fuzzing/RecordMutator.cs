using Confluent.Kafka;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.IntegrationTests.Fuzzing;

/// <summary>
/// Makes the mutated record of a number: the same number and seed give the same record, so that one that breaks
/// something can be made again.
/// </summary>
internal sealed class RecordMutator(int seed, int largest)
{
    private static readonly long[] Times =
        [-1, 0, 1, -62135596800000, 946684799999, 946684800000, 1772409600000, 4102444800001, 253402300799999, long.MaxValue];

    private readonly byte[][] _news = SeedMessages.Of(MessageKind.News);
    private readonly byte[][] _complaints = SeedMessages.Of(MessageKind.Complaint);

    /// <summary>The record.</summary>
    public MutatedRecord Make(long number)
    {
        var random = new Random(unchecked((int)((number * 2_654_435_761) ^ (seed * 40_503L))));
        var kind = random.Next(2) == 0 ? MessageKind.News : MessageKind.Complaint;
        var seeds = kind == MessageKind.News ? _news : _complaints;
        var message = seeds[random.Next(seeds.Length)];
        var value = random.Next(10) switch
        {
            0 => message,
            < 8 => JsonMutation.Apply(message, random) ?? message,
            _ => ByteMutation.Apply(JsonMutation.Apply(message, random) ?? message, random, largest),
        };
        return new MutatedRecord(kind, Key(random), value, HeadersOf(random), TimeOf(random));
    }

    private static byte[]? Key(Random random)
    {
        var key = new byte[random.Next(100) == 0 ? 5_000 : random.Next(20)];
        random.NextBytes(key);
        return random.Next(4) switch { 0 => null, 1 => [], 2 => "n-00001"u8.ToArray(), _ => key };
    }

    private static Timestamp TimeOf(Random random) => random.Next(4) switch
    {
        0 => Timestamp.Default,
        1 => new Timestamp(Times[random.Next(Times.Length)], TimestampType.CreateTime),
        _ => new Timestamp(1772409600000 + random.Next(86_400_000), TimestampType.LogAppendTime),
    };

    private static Headers? HeadersOf(Random random)
    {
        if (random.Next(2) == 0)
        {
            return null;
        }

        string[] names =
            ["trace", "x-kbas-reason", "__connect.errors.topic", "x-kbas-replay-of", "x-kbas-replay-signature", "한글", " "];
        var headers = new Headers();
        for (var count = random.Next(random.Next(50) == 0 ? 200 : 4); count > 0; count--)
        {
            var value = new byte[random.Next(40)];
            random.NextBytes(value);
            headers.Add(names[random.Next(names.Length)], random.Next(5) == 0 ? null : value);
        }

        return headers;
    }
}
