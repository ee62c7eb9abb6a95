using System.Collections.Immutable;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// The tokens of a <c>vocab.txt</c>: a token is a line, its id the line's number from 0. Nothing is trimmed, normalised
/// or skipped, so that every id is the one the model was trained with.
/// </summary>
/// <remarks>
/// As in Transformers: only LF, CR LF and CR end a line; a byte order mark belongs to the first token; of a token that
/// comes twice the later id holds; a special token that the file lacks gets the next free id (the number of distinct
/// tokens). The model has no embedding for such an id, so a bundle with <see cref="Added"/> tokens is refused.
/// </remarks>
public sealed class Vocabulary
{
    /// <summary>What a piece inside a word starts with.</summary>
    internal const string Continuation = "##";

    private readonly Dictionary<string, int> _ids;
    private readonly int[] _special = new int[SpecialTokens.Literals.Length];

    private Vocabulary(ImmutableArray<string> tokens)
    {
        Tokens = tokens;
        _ids = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Length; id++)
        {
            _ids[tokens[id]] = id;
        }

        var added = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < _special.Length; i++)
        {
            var literal = SpecialTokens.Literals[i];
            if (!_ids.TryGetValue(literal, out _special[i]))
            {
                _ids[literal] = _special[i] = _ids.Count;
                added.Add(literal);
            }
        }

        Added = added.ToImmutable();
    }

    /// <summary>The tokens of the file, by id.</summary>
    public ImmutableArray<string> Tokens { get; }

    /// <summary>Special tokens that the file lacks.</summary>
    public ImmutableArray<string> Added { get; }

    /// <summary>Every token and its id.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>The id of [PAD].</summary>
    public int PaddingId => this[SpecialToken.Padding];

    /// <summary>The id of [UNK].</summary>
    public int UnknownId => this[SpecialToken.Unknown];

    /// <summary>The id of [CLS].</summary>
    public int StartId => this[SpecialToken.Start];

    /// <summary>The id of [SEP].</summary>
    public int SeparatorId => this[SpecialToken.Separator];

    /// <summary>The id of [MASK].</summary>
    public int MaskId => this[SpecialToken.Mask];

    /// <summary>The token of an id, special tokens that the file lacks included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public string TokenOf(int id)
    {
        if ((uint)id < (uint)Tokens.Length)
        {
            return Tokens[id];
        }

        var special = Array.IndexOf(_special, id);
        return special >= 0 ? SpecialTokens.Literals[special]
            : throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such id in the vocabulary.");
    }

    internal int this[SpecialToken token] => _special[(int)token];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">The file is not UTF-8.</exception>
    public static Vocabulary Load(string path) => Parse(File.ReadAllBytes(path));

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="FormatException">They are not UTF-8.</exception>
    public static Vocabulary Parse(ReadOnlySpan<byte> file) => new(VocabularyFile.Read(file));

    /// <summary>A vocabulary of the given tokens, in order of their ids.</summary>
    public static Vocabulary FromTokens(IEnumerable<string> tokens) => new([.. tokens]);

    /// <summary>Writes a file that <see cref="Load"/> reads back the same.</summary>
    /// <exception cref="ArgumentException">A token holds a line end.</exception>
    public void Save(string path) => File.WriteAllBytes(path, ToBytes());

    /// <summary>The bytes of such a file.</summary>
    /// <exception cref="ArgumentException">A token holds a line end.</exception>
    public byte[] ToBytes() => VocabularyFile.Write(Tokens);
}
