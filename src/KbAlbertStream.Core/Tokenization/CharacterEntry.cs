namespace KbAlbertStream.Core.Tokenization;

/// <summary>What a character vocabulary makes of a code point.</summary>
/// <param name="Start">Its id at the start of a word; negative when the word cannot be spelled by characters.</param>
/// <param name="Continuation">Its id later in a word; negative likewise.</param>
/// <param name="Class">What the splitter does with it.</param>
internal readonly record struct CharacterEntry(int Start, int Continuation, CodePointClass Class);
