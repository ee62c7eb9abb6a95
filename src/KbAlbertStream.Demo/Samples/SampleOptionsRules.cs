using KbAlbertStream.Core.Entities;

namespace KbAlbertStream.Demo.Samples;

/// <summary>What must hold before a stream can be made.</summary>
internal static class SampleOptionsRules
{
    /// <summary>Every error at once; none when a stream can be made.</summary>
    public static IEnumerable<string> Check(SampleOptions options, InstitutionDictionary dictionary, SampleFolder samples)
    {
        if (options.Weeks is < 1 or > 52)
        {
            yield return $"--weeks is 1 to 52, not {options.Weeks}";
        }

        if (options.SpikeSize is < 0 or > 200)
        {
            yield return $"--spike-size is 0 (no spike) to 200, not {options.SpikeSize}";
        }

        if (options.SpikeDay >= options.Days || options.SpikeDay < -options.Days)
        {
            yield return $"--spike-day lies outside the {options.Days} days of the stream: {options.SpikeDay}";
        }

        if (dictionary.Find(options.Institution) is not { IsCounted: true } about || about.Type == "holding")
        {
            var ids = dictionary.Institutions.Where(one => one.IsCounted && one.Type != "holding").Select(one => one.Id);
            yield return $"--institution is one of {string.Join(", ", ids)}, not '{options.Institution}'";
        }

        if (!File.Exists(Path.Combine(samples.Templates, $"spike-{options.Category}.jsonl")))
        {
            yield return $"--category has no templates: '{options.Category}'";
        }
    }
}
