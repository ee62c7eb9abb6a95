using System.Globalization;
using System.Text;
using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Trainer.Tokenization;

/// <summary>Prints what a model reads of texts: tokens or ids with [CLS] and [SEP], a line for each line.</summary>
internal sealed class TokenPrinter(ITokenizer tokenizer, bool asIds)
{
    private readonly TokenBuffer _tokens = new();

    /// <summary>Prints until the input ends. Only LF ends a text, because other line ends are characters to a tokenizer.</summary>
    public void Print(TextReader texts, TextWriter output)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int count; (count = texts.Read(buffer)) > 0;)
        {
            var rest = buffer.AsSpan(0, count);
            for (int end; (end = rest.IndexOf('\n')) >= 0; rest = rest[(end + 1)..])
            {
                Print(text.Append(rest[..end]), output);
            }

            text.Append(rest);
        }

        if (text.Length > 0)
        {
            Print(text, output);
        }
    }

    private void Print(StringBuilder text, TextWriter output)
    {
        _tokens.Clear();
        tokenizer.Encode(text.ToString(), _tokens);
        text.Clear();
        output.Write(NameOf(tokenizer.Vocabulary.StartId));
        foreach (var id in _tokens.Ids)
        {
            output.Write(' ');
            output.Write(NameOf(id));
        }

        output.Write(' ');
        output.WriteLine(NameOf(tokenizer.Vocabulary.SeparatorId));
    }

    private string NameOf(int id) =>
        asIds ? id.ToString(CultureInfo.InvariantCulture) : tokenizer.Vocabulary.TokenOf(id);
}
