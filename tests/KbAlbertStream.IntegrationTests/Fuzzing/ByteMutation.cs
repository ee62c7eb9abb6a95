using System.Text;

namespace KbAlbertStream.IntegrationTests.Fuzzing;

/// <summary>Changes of the bytes: other encodings, cuts, flips, prefixes, sizes.</summary>
internal static class ByteMutation
{
    private static readonly byte[][] Prefixes = [[0, 0, 0, 0, 1], [0], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0x1f, 0x8b, 8, 0], "{}"u8.ToArray()];

    private static readonly byte[][] Pieces =
        [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0], [0xff], "\""u8.ToArray(), "\\"u8.ToArray(), "}"u8.ToArray(), ","u8.ToArray()];

    private static readonly Encoding[] Others = [Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1];

    /// <summary>The changed value; null for a record without one.</summary>
    /// <param name="value">A value to start from.</param>
    /// <param name="random">Decides.</param>
    /// <param name="largest">The most bytes that a message may have: some values are larger.</param>
    public static byte[]? Apply(byte[] value, Random random, int largest)
    {
        switch (random.Next(12))
        {
            case 0:
                return random.Next(2) == 0 ? null : [];
            case 1:
                return value[..random.Next(value.Length + 1)];
            case 2:
                return [.. Prefixes[random.Next(Prefixes.Length)], .. value];
            case 3:
                return [.. value, .. Pieces[random.Next(Pieces.Length)]];
            case 4:
                return Others[random.Next(Others.Length)].GetBytes(Encoding.UTF8.GetString(value));
            case 5 when random.Next(200) == 0:
                return [.. value, .. Enumerable.Repeat((byte)' ', largest - value.Length + random.Next(3))];
            case 6:
                return Random(random);
            case 7:
                return Inserted(value, Pieces[random.Next(Pieces.Length)], random);
            default:
                return Flipped(value, random);
        }
    }

    private static byte[] Random(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Inserted(byte[] value, byte[] piece, Random random)
    {
        var at = random.Next(value.Length + 1);
        return [.. value[..at], .. piece, .. value[at..]];
    }

    private static byte[] Flipped(byte[] value, Random random)
    {
        var bytes = value.ToArray();
        for (var flips = 1 + random.Next(4); flips > 0 && bytes.Length > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }
}
