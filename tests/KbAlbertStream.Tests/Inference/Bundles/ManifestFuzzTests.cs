using System.Text;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Bundles;

/// <summary>Damaged manifests and golden texts: each is read or refused with reasons, and nothing else happens.</summary>
public sealed class ManifestFuzzTests(FormulaBundleFixture bundle) : IClassFixture<FormulaBundleFixture>
{
    private const int Cases = 2000;
    private const long MostBytes = 16 << 20;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e308", "1e999", "2147483648", "99999999999999999999", "0.5", "\"\"", "\"\\u0000\"", "\"..\"",
        "\"../model.onnx\"", "[]", "{}", "[[[[[]]]]]", "\"\\ud800\"", "NaN",
    ];

    [Theory]
    [InlineData(BundleNames.Manifest)]
    [InlineData(BundleNames.Golden)]
    public void Whatever_the_file_holds_it_is_read_or_refused_with_reasons(string name)
    {
        var folder = BundleLocator.Resolve(bundle.Folder);
        var manifest = ManifestReader.Read(File.ReadAllBytes(Path.Combine(folder, BundleNames.Manifest)), out _)!;
        var original = File.ReadAllBytes(Path.Combine(folder, name));
        var random = new Random(20261126);
        var (read, reasons) = (0, new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < Cases; i++)
        {
            var damaged = Damage(original, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            List<string> errors;
            object? found;
            if (name == BundleNames.Manifest)
            {
                found = ManifestReader.Read(damaged, out errors);
            }
            else
            {
                errors = [];
                found = GoldenTexts.Read(damaged, manifest, errors);
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"case {i}");
            Assert.True(found is null == errors.Count > 0, $"case {i}");
            read += found is null ? 0 : 1;
            reasons.UnionWith(errors);
        }

        Assert.InRange(read, 1, Cases - 1);
        Assert.True(reasons.Count > 50, $"{reasons.Count} reasons");
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var text = Encoding.UTF8.GetString(original);
        switch (random.Next(6))
        {
            case 0: // a value becomes another
                var colon = Nth(text, ':', random);
                var end = text.IndexOfAny([',', '\n'], colon + 1);
                return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, colon + 1), Values[random.Next(Values.Length)], text.AsSpan(end)));
            case 1: // a field goes, or comes twice
                var lines = text.Split('\n').ToList();
                var line = random.Next(lines.Count);
                if (random.Next(2) == 0)
                {
                    lines.RemoveAt(line);
                }
                else
                {
                    lines.Insert(line, lines[line]);
                }

                return Encoding.UTF8.GetBytes(string.Join('\n', lines));
            case 2: // cut off
                return original[..random.Next(original.Length)];
            case 3: // bytes that are no UTF-8, or other characters
                var bytes = (byte[])original.Clone();
                for (var i = 0; i < 4; i++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
            case 4: // nested
                var deep = random.Next(1, 300);
                return Encoding.UTF8.GetBytes(new string('[', deep) + text + new string(']', deep));
            default: // a digit more or less
                var chars = text.ToCharArray();
                var digits = chars.Index().Where(c => char.IsAsciiDigit(c.Item)).ToArray();
                chars[digits[random.Next(digits.Length)].Index] = (char)('0' + random.Next(10));
                return Encoding.UTF8.GetBytes(chars);
        }
    }

    private static int Nth(string text, char c, Random random)
    {
        var places = text.Index().Where(item => item.Item == c).ToArray();
        return places[random.Next(places.Length)].Index;
    }
}
