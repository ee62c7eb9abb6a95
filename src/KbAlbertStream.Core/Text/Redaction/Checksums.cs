namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>Check digits. All take ASCII digits of the right number, the check digit last.</summary>
internal static class Checksums
{
    /// <summary>Payment cards (ISO/IEC 7812): double every second digit from the right, sum the digits, mod 10.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit < 5 ? 2 * digit : (2 * digit) - 9;
        }

        return sum % 10 == 0;
    }

    /// <summary>Resident numbers issued before 5 October 2020: weights 2..9, 2..5, X = (11 - sum mod 11) mod 10.</summary>
    public static bool Resident(ReadOnlySpan<char> digits) => (11 - (ResidentSum(digits) % 11)) % 10 == digits[12] - '0';

    /// <summary>Registration numbers of foreigners, old ones: the same weights, X = (13 - sum mod 11) mod 10.</summary>
    public static bool Foreigner(ReadOnlySpan<char> digits) => (13 - (ResidentSum(digits) % 11)) % 10 == digits[12] - '0';

    /// <summary>Corporate registration numbers: weights 1, 2, 1, 2, ..., X = (10 - sum mod 10) mod 10.</summary>
    public static bool Corporate(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < 12; i++)
        {
            sum += (digits[i] - '0') * (1 + (i % 2));
        }

        return (10 - (sum % 10)) % 10 == digits[12] - '0';
    }

    /// <summary>Business registration numbers: weights 1 3 7 1 3 7 1 3, the ninth digit times 5 and its tens.</summary>
    public static bool Business(ReadOnlySpan<char> digits)
    {
        ReadOnlySpan<int> weights = [1, 3, 7, 1, 3, 7, 1, 3];
        var ninth = 5 * (digits[8] - '0');
        var sum = ninth + (ninth / 10);
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return (10 - (sum % 10)) % 10 == digits[9] - '0';
    }

    /// <summary>EAN-13 bar codes: weights 1, 3, 1, 3, ..., the sum with the check digit is a multiple of 10.</summary>
    public static bool Ean13(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < 13; i++)
        {
            sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
        }

        return sum % 10 == 0;
    }

    private static int ResidentSum(ReadOnlySpan<char> digits)
    {
        ReadOnlySpan<int> weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return sum;
    }
}
