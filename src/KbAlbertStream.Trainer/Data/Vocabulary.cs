using System.Collections.Immutable;
using System.Text;

namespace KbAlbertStream.Trainer.Data;

/// <summary>The tokens of a WordPiece vocabulary of ours: five special tokens first, then the others.</summary>
internal sealed class Vocabulary
{
    /// <summary>How many special tokens there are, at ids 0 to 4.</summary>
    public const int SpecialCount = 5;

    /// <summary>The special tokens in the order of their ids.</summary>
    public static readonly ImmutableArray<string> Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly bool[] _continues;

    public Vocabulary(ImmutableArray<string> tokens)
    {
        if (!tokens.Take(SpecialCount).SequenceEqual(Special))
        {
            throw new InvalidDataException($"a vocabulary starts with {string.Join(' ', Special)}");
        }

        Tokens = tokens;
        _continues = [.. tokens.Select(token => token.Length > 2 && token.StartsWith("##", StringComparison.Ordinal))];
    }

    /// <summary>All tokens; the id is the index.</summary>
    public ImmutableArray<string> Tokens { get; }

    /// <summary>How many tokens there are.</summary>
    public int Count => Tokens.Length;

    /// <summary>The id of [MASK].</summary>
    public const int Mask = 4;

    /// <summary>True when the token goes on with the word of the token before it.</summary>
    public bool Continues(int id) => _continues[id];

    /// <summary>Reads a file with one token a line.</summary>
    public static Vocabulary Load(string path) => new([.. File.ReadAllText(path, Encoding.UTF8).TrimEnd('\n').Split('\n')]);

    /// <summary>Writes one token a line, LF.</summary>
    public void Save(string path) => File.WriteAllText(path, string.Join('\n', Tokens) + "\n", new UTF8Encoding(false));
}
