using System.Globalization;

namespace KbAlbertStream.Demo.Samples;

/// <summary>
/// Makes personal numbers that nobody owns (births in 2087 to 2093, telephone exchanges that begin with 0, addresses
/// under example.co.kr) and remembers each, so that a test can look for what must not be found.
/// </summary>
internal sealed class PersonalNumbers(Random random)
{
    private static readonly string[] Mailboxes = ["hong.gd", "mirae_kim", "dasom-lee", "park.haneul", "jung1987"];
    private const string KoreanDigits = "공일이삼사오육칠팔구";

    private readonly List<(string Type, string Value)> _planted = [];

    /// <summary>Everything made so far, in order: slot name and value as it stands in the stream.</summary>
    public IReadOnlyList<(string Type, string Value)> Planted => _planted;

    /// <summary>True when a slot name means a personal number.</summary>
    public static bool IsSlot(string name) => name is "rrn" or "rrn_wide" or "frn" or "passport" or "driver" or "phone"
        or "phone_ko" or "landline" or "card" or "account" or "email" or "brn" or "ip" or "token";

    /// <summary>A new number for a slot.</summary>
    public string Make(string slot)
    {
        var value = slot switch
        {
            "rrn" => Resident(random.Next(3, 5)),
            "rrn_wide" => string.Concat(Resident(random.Next(3, 5)).Select(c => (char)(c + ('０' - '0')))),
            "frn" => Resident(random.Next(7, 9)),
            "passport" => $"M{Digits(3)}{(char)('A' + random.Next(26))}{Digits(4)}",
            "driver" => $"{random.Next(11, 27)}-{Digits(2)}-{Digits(6)}-{Digits(2)}",
            "phone" => Mobile(),
            "phone_ko" => "공일공 공" + string.Concat(Digits(7).Select((c, i) => (i == 3 ? " " : "") + KoreanDigits[c - '0'])),
            "landline" => $"02-0{Digits(2)}-{Digits(4)}",
            "card" => Card(),
            "account" => $"{random.Next(100, 999)}-{Digits(3)}-{Digits(6)}",
            "email" => $"{Mailboxes[random.Next(Mailboxes.Length)]}{random.Next(10, 99)}@example.co.kr",
            "brn" => Business(),
            "ip" => $"203.0.113.{random.Next(1, 255)}",
            "token" => random.NextInt64().ToString("x16", CultureInfo.InvariantCulture),
            _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "no personal number"),
        };
        _planted.Add((slot, value));
        return value;
    }

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));

    private string Mobile()
    {
        var (first, second) = ("0" + Digits(3), Digits(4));
        return random.Next(5) switch
        {
            0 => $"010{first}{second}",
            1 => $"010 {first} {second}",
            2 => $"010.{first}.{second}",
            3 => $"+82 10 {first} {second}",
            _ => $"010-{first}-{second}",
        };
    }

    /// <summary>A resident (digit 3, 4) or foreigner (7, 8) number with its check digit.</summary>
    private string Resident(int sex)
    {
        var digits = string.Create(CultureInfo.InvariantCulture,
            $"{random.Next(87, 94)}{random.Next(1, 13):00}{random.Next(1, 29):00}{sex}{Digits(5)}");
        var sum = digits.Select((c, i) => (c - '0') * ((i % 8) + 2)).Sum();
        var check = ((sex > 4 ? 13 : 11) - (sum % 11)) % 10;
        return $"{digits[..6]}-{digits[6..]}{check}";
    }

    /// <summary>A domestic-only card number that passes Luhn.</summary>
    private string Card()
    {
        var digits = "941000" + Digits(9);
        var sum = digits.Select((c, i) => i % 2 == 0 ? DigitSum((c - '0') * 2) : c - '0').Sum();
        var full = $"{digits}{(10 - (sum % 10)) % 10}";
        return $"{full[..4]}-{full[4..8]}-{full[8..12]}-{full[12..]}";
    }

    private static int DigitSum(int number) => (number / 10) + (number % 10);

    /// <summary>A business registration number with its check digit.</summary>
    private string Business()
    {
        int[] weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
        var digits = "9" + Digits(8);
        var sum = digits.Select((c, i) => (c - '0') * weights[i]).Sum() + ((digits[8] - '0') * 5 / 10);
        return $"{digits[..3]}-{digits[3..5]}-{digits[5..]}{(10 - (sum % 10)) % 10}";
    }
}
