using System.Collections.Immutable;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// The code points that a tokenizer does not simply keep, as ranges "first-last" in hex.
/// </summary>
/// <remarks>
/// They are fixed here because the reference implementation's tables are: general categories of Unicode 8, and its own
/// ideograph blocks with their gap at U+2B820-2B91F. The run time's newer tables would give other tokens.
/// </remarks>
internal static class CodePointRanges
{
    /// <summary>U+0000, U+FFFD, controls but TAB, LF and CR, format characters, private use. Unassigned ones stay.</summary>
    public const string Removed = """
        0000-0008 000B-000C 000E-001F 007F-009F 00AD 0600-0605 061C 06DD 070F 180E 200B-200F 202A-202E 2060-2064
        2066-206F E000-F8FF FEFF FFF9-FFFB FFFD 110BD 1BCA0-1BCA3 1D173-1D17A E0001 E0020-E007F F0000-FFFFD
        100000-10FFFD
        """;

    /// <summary>White space; all become word ends.</summary>
    public const string Space = """
        0009-000A 000D 0020 00A0 1680 2000-200A 2028-2029 202F 205F 3000
        """;

    /// <summary>Unicode punctuation and every ASCII symbol, each a word.</summary>
    public const string Punctuation = """
        0021-002F 003A-0040 005B-0060 007B-007E 00A1 00A7 00AB 00B6-00B7 00BB 00BF 037E 0387 055A-055F 0589-058A
        05BE 05C0 05C3 05C6 05F3-05F4 0609-060A 060C-060D 061B 061E-061F 066A-066D 06D4 0700-070D 07F7-07F9
        0830-083E 085E 0964-0965 0970 0AF0 0DF4 0E4F 0E5A-0E5B 0F04-0F12 0F14 0F3A-0F3D 0F85 0FD0-0FD4 0FD9-0FDA
        104A-104F 10FB 1360-1368 1400 166D-166E 169B-169C 16EB-16ED 1735-1736 17D4-17D6 17D8-17DA 1800-180A
        1944-1945 1A1E-1A1F 1AA0-1AA6 1AA8-1AAD 1B5A-1B60 1BFC-1BFF 1C3B-1C3F 1C7E-1C7F 1CC0-1CC7 1CD3 2010-2027
        2030-2043 2045-2051 2053-205E 207D-207E 208D-208E 2308-230B 2329-232A 2768-2775 27C5-27C6 27E6-27EF
        2983-2998 29D8-29DB 29FC-29FD 2CF9-2CFC 2CFE-2CFF 2D70 2E00-2E2E 2E30-2E42 3001-3003 3008-3011 3014-301F
        3030 303D 30A0 30FB A4FE-A4FF A60D-A60F A673 A67E A6F2-A6F7 A874-A877 A8CE-A8CF A8F8-A8FA A8FC A92E-A92F
        A95F A9C1-A9CD A9DE-A9DF AA5C-AA5F AADE-AADF AAF0-AAF1 ABEB FD3E-FD3F FE10-FE19 FE30-FE52 FE54-FE61 FE63
        FE68 FE6A-FE6B FF01-FF03 FF05-FF0A FF0C-FF0F FF1A-FF1B FF1F-FF20 FF3B-FF3D FF3F FF5B FF5D FF5F-FF65
        10100-10102 1039F 103D0 1056F 10857 1091F 1093F 10A50-10A58 10A7F 10AF0-10AF6 10B39-10B3F 10B99-10B9C
        11047-1104D 110BB-110BC 110BE-110C1 11140-11143 11174-11175 111C5-111C9 111CD 111DB 111DD-111DF 11238-1123D
        112A9 114C6 115C1-115D7 11641-11643 1173C-1173E 12470-12474 16A6E-16A6F 16AF5 16B37-16B3B 16B44 1BC9F
        1DA87-1DA8B
        """;

    /// <summary>CJK ideographs, each a word.</summary>
    public const string Ideograph = """
        3400-4DBF 4E00-9FFF F900-FAFF 20000-2A6DF 2A700-2B81F 2B920-2CEAF 2F800-2FA1F
        """;

    /// <summary>What KB-ALBERT-CHAR-v1 splits at: the white space of Python's <c>str.split</c>.</summary>
    public const string KbCharV1Space = """
        0009-000D 001C-0020 0085 00A0 1680 2000-200A 2028-2029 202F 205F 3000
        """;

    /// <summary>Reads one of the lists.</summary>
    public static ImmutableArray<(int First, int Last)> Parse(string ranges)
    {
        var parsed = ImmutableArray.CreateBuilder<(int, int)>();
        foreach (var range in ranges.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = range.IndexOf('-', StringComparison.Ordinal);
            var first = Convert.ToInt32(dash < 0 ? range : range[..dash], 16);
            parsed.Add((first, dash < 0 ? first : Convert.ToInt32(range[(dash + 1)..], 16)));
        }

        return parsed.ToImmutable();
    }
}
