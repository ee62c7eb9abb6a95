using System.CommandLine;
using System.Text;
using KbAlbertStream.Core.Entities;

namespace KbAlbertStream.Demo.Samples;

/// <summary>The verb <c>samples</c>: makes a stream file and, beside it, the list of the personal numbers planted in it.</summary>
internal static class SamplesCommand
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var defaults = new SampleOptions();
        var output = new Option<string>("--out") { Description = "the file to write; planted numbers go to FILE.planted.tsv", Required = true };
        var seed = Option("--seed", "the same seed and options make the same bytes", defaults.Seed);
        var from = Option("--from", "the first day, yyyy-MM-dd", defaults.From);
        var weeks = Option("--weeks", "weeks of event time", defaults.Weeks);
        var institution = Option("--institution", "the id that the spike is about", defaults.Institution);
        var size = Option("--spike-size", "distinct stories of the spike; 0 for none", defaults.SpikeSize);
        var day = Option("--spike-day", "the day of the spike from 0; -1 is the last", defaults.SpikeDay);
        var category = Option("--category", "data_breach or embezzlement_breach", defaults.Category);
        var folder = Option("--samples", "the folder with dictionary and templates", SampleFolder.Shipped.Path);

        var command = new Command("samples", "Make a stream of invented news and complaints.")
        {
            output, seed, from, weeks, institution, size, day, category, folder,
        };
        command.SetAction(parsed => Write(
            new SampleOptions
            {
                Seed = parsed.GetValue(seed),
                From = parsed.GetValue(from),
                Weeks = parsed.GetValue(weeks),
                Institution = parsed.GetValue(institution)!,
                SpikeSize = parsed.GetValue(size),
                SpikeDay = parsed.GetValue(day),
                Category = parsed.GetValue(category)!,
            },
            new SampleFolder(parsed.GetValue(folder)!),
            parsed.GetValue(output)!));
        return command;
    }

    private static int Write(SampleOptions options, SampleFolder samples, string file)
    {
        var dictionary = InstitutionDictionary.Load(samples.Dictionary);
        var errors = SampleOptionsRules.Check(options, dictionary, samples).ToList();
        if (errors.Count > 0)
        {
            errors.ForEach(Console.Error.WriteLine);
            return 2;
        }

        var (lines, planted) = SampleStream.Make(options, dictionary, TemplateSet.Load(samples.Templates));
        File.WriteAllText(file, Join(lines), Utf8);
        File.WriteAllText(file + ".planted.tsv", Join(planted.Select(number => $"{number.Type}\t{number.Value}")), Utf8);
        Console.WriteLine($"{file}: {lines.Count} messages, {planted.Count} personal numbers");
        return 0;
    }

    /// <summary>The bytes of a file: LF after every line, on every system.</summary>
    internal static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static Option<T> Option<T>(string name, string description, T value) =>
        new(name) { Description = $"{description} (default {value})", DefaultValueFactory = _ => value };
}
