namespace KbAlbertStream.Inference.Scoring;

/// <summary>
/// The inputs of one pass of the encoder: the tokens of all windows one after the other, and the indices that lead from
/// there to the padded form of attention and back. Filled again for every pass; it allocates only while it grows.
/// </summary>
internal sealed class PackedBatch
{
    private int[] _ids = [];
    private int[] _positions = [];
    private int[] _tokenSlots = [];
    private int[] _paddedRows = [];
    private int[] _lengths = [];
    private int[] _startRows = [];

    /// <summary>T: tokens of all windows.</summary>
    public int Tokens { get; private set; }

    /// <summary>B: windows.</summary>
    public int Texts { get; private set; }

    /// <summary>S: tokens of the longest window.</summary>
    public int Longest { get; private set; }

    /// <summary>(T): ids.</summary>
    public Memory<int> Ids => _ids.AsMemory(0, Tokens);

    /// <summary>(T): place in the window.</summary>
    public Memory<int> Positions => _positions.AsMemory(0, Tokens);

    /// <summary>(T): slot in the flattened (B, S).</summary>
    public Memory<int> TokenSlots => _tokenSlots.AsMemory(0, Tokens);

    /// <summary>(B, S): row of each slot; padding slots point at row 0, which is masked there.</summary>
    public Memory<int> PaddedRows => _paddedRows.AsMemory(0, Texts * Longest);

    /// <summary>(B): tokens of each window.</summary>
    public Memory<int> Lengths => _lengths.AsMemory(0, Texts);

    /// <summary>(B): row of each [CLS].</summary>
    public Memory<int> StartRows => _startRows.AsMemory(0, Texts);

    /// <summary>Empties the batch and makes room.</summary>
    /// <param name="texts">How many windows will be added.</param>
    /// <param name="longest">Tokens of the longest of them, with [CLS] and [SEP].</param>
    /// <param name="tokens">Tokens of all of them.</param>
    public void Start(int texts, int longest, int tokens)
    {
        Tokens = 0;
        Texts = 0;
        Longest = longest;
        Grow(ref _ids, tokens);
        Grow(ref _positions, tokens);
        Grow(ref _tokenSlots, tokens);
        Grow(ref _paddedRows, texts * longest);
        Grow(ref _lengths, texts);
        Grow(ref _startRows, texts);
    }

    /// <summary>Adds a window: [CLS], its tokens, [SEP].</summary>
    public void Add(int startId, ReadOnlySpan<int> ids, int separatorId)
    {
        var length = ids.Length + 2;
        var slots = _paddedRows.AsSpan(Texts * Longest, Longest);
        slots.Clear();
        _ids[Tokens] = startId;
        ids.CopyTo(_ids.AsSpan(Tokens + 1));
        _ids[Tokens + length - 1] = separatorId;
        for (var i = 0; i < length; i++)
        {
            slots[i] = Tokens + i;
            _positions[Tokens + i] = i;
            _tokenSlots[Tokens + i] = (Texts * Longest) + i;
        }

        _lengths[Texts] = length;
        _startRows[Texts] = Tokens;
        Tokens += length;
        Texts++;
    }

    private static void Grow(ref int[] array, int length)
    {
        if (array.Length < length)
        {
            array = new int[Math.Max(length, 2 * array.Length)];
        }
    }
}
