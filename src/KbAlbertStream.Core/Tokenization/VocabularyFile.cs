using System.Collections.Immutable;
using System.Text;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>The bytes of a <c>vocab.txt</c> and its lines.</summary>
internal static class VocabularyFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines. Only LF, CR LF and CR end one; a last line without an end counts, if it is not empty.</summary>
    /// <exception cref="FormatException">The bytes are not UTF-8.</exception>
    public static ImmutableArray<string> Read(ReadOnlySpan<byte> file)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        while (!file.IsEmpty)
        {
            var end = file.IndexOfAny((byte)'\n', (byte)'\r');
            lines.Add(Decode(end < 0 ? file : file[..end], lines.Count));
            if (end < 0)
            {
                break;
            }

            var isPair = file[end] == '\r' && end + 1 < file.Length && file[end + 1] == '\n';
            file = file[(end + (isPair ? 2 : 1))..];
        }

        return lines.ToImmutable();
    }

    /// <summary>The tokens as lines that end with LF.</summary>
    public static byte[] Write(ImmutableArray<string> tokens)
    {
        using var file = new MemoryStream();
        foreach (var token in tokens)
        {
            if (token.AsSpan().ContainsAny('\n', '\r'))
            {
                throw new ArgumentException("A token must not hold a line end.", nameof(tokens));
            }

            file.Write(Utf8.GetBytes(token));
            file.WriteByte((byte)'\n');
        }

        return file.ToArray();
    }

    private static string Decode(ReadOnlySpan<byte> line, int id)
    {
        try
        {
            return Utf8.GetString(line);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException($"The vocabulary is not UTF-8 at token {id}.", e);
        }
    }
}
