using System.ComponentModel.DataAnnotations;
using KbAlbertStream.Worker.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KbAlbertStream.Tests.Worker.Configuration;

public sealed class OptionsReaderTests
{
    [Fact]
    public void Values_are_bound_and_the_rest_keeps_its_default()
    {
        var reader = Reader(("Sample:Count", "7"), ("Sample:Wait", "00:00:02"));

        var options = reader.Read<SampleOptions>("Sample");

        Assert.Empty(reader.Errors);
        Assert.Equal((7, TimeSpan.FromSeconds(2), "x"), (options.Count, options.Wait, options.Name));
    }

    [Fact]
    public void Every_error_of_every_kind_is_found_at_once()
    {
        var reader = Reader(
            ("Sample:Count", "many"), ("Sample:Wait", "9.00:00:00"), ("Sample:Nmae", "typo"), ("Sample:Name", ""),
            ("Other:Count", "0"));

        reader.Read<SampleOptions>("Sample");
        reader.Read<SampleOptions>("Other", new NeverZero());

        Assert.Equal(
            ["Sample:Nmae=(hidden)", "Sample:Count=many", "Sample:Wait=9.00:00:00", "Sample:Name=", "Other:Count=0"],
            reader.Errors.Select(error => $"{error.Key}={error.Value}").DistinctBy(text => text).OrderBy(Order));

        static int Order(string text) => Array.FindIndex(
            ["Sample:Nmae", "Sample:Count", "Sample:Wait", "Sample:Name", "Other"],
            start => text.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_that_does_not_convert_says_what_is_expected()
    {
        var reader = Reader(("Sample:Count", "many"), ("Sample:Mode", "fast"));

        reader.Read<SampleOptions>("Sample");

        Assert.Contains(reader.Errors, error => error is { Key: "Sample:Count", Reason: "is not a Int32" });
        Assert.Contains(reader.Errors, error => error is { Key: "Sample:Mode", Reason: "is not one of Auto, Manual" });
    }

    [Fact]
    public void A_secret_is_never_printed()
    {
        var reader = Reader(("Sample:Password", "hunter2"));

        reader.Read<SampleOptions>("Sample");

        var error = Assert.Single(reader.Errors);
        Assert.Equal(ConfigurationError.HiddenValue, error.Value);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "hunter2", Assert.Throws<InvalidConfigurationException>(reader.ThrowIfWrong).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_wrong_throws_nothing()
    {
        var reader = Reader();
        reader.Read<SampleOptions>("Sample");

        reader.ThrowIfWrong();
    }

    private static OptionsReader Reader(params (string Key, string Value)[] values) =>
        new(new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());

    private enum SampleMode
    {
        Auto,
        Manual,
    }

    private sealed class SampleOptions
    {
        public int Count { get; set; } = 1;

        [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
        public TimeSpan Wait { get; set; }

        [Required]
        public string Name { get; set; } = "x";

        public SampleMode Mode { get; set; }

        [Secret]
        [MinLength(16)]
        public string Password { get; set; } = "long enough password";
    }

    private sealed class NeverZero : IValidateOptions<SampleOptions>
    {
        public ValidateOptionsResult Validate(string? name, SampleOptions options) =>
            options.Count == 0 ? ValidateOptionsResult.Fail("Count: must not be zero") : ValidateOptionsResult.Success;
    }
}
