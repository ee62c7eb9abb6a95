using KbAlbertStream.Worker.Alerting;

namespace KbAlbertStream.Tests.Worker.Alerting;

public sealed class AlertingOptionsRulesTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        Assert.True(new AlertingOptionsRules().Validate(null, new AlertingOptions()).Succeeded);
    }

    [Fact]
    public void Every_error_is_named_at_once_and_the_secret_is_not_repeated()
    {
        var options = new AlertingOptions
        {
            AlphaWarning = 1e-6,
            FirstRetry = TimeSpan.FromMinutes(1),
            MaxRetry = TimeSpan.FromSeconds(1),
            WebhookUrl = new Uri("ftp://receiver.example/alerts"),
            WebhookSecret = "too short",
        };

        var result = new AlertingOptionsRules().Validate(null, options);

        Assert.Equal(
            ["AlphaCritical", "MaxRetry", "WebhookUrl", "WebhookSecret"],
            result.Failures!.Select(failure => failure.Split(':')[0]));
        Assert.DoesNotContain(result.Failures!, failure => failure.Contains("too short", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alerts")]
    [InlineData("mailto:risk@bank.example")]
    public void An_address_that_cannot_be_posted_to_is_an_error(string address)
    {
        var options = new AlertingOptions
        {
            WebhookUrl = new Uri(address, UriKind.RelativeOrAbsolute),
            WebhookSecret = "sixteen characters at least",
        };

        Assert.StartsWith("WebhookUrl: ", Assert.Single(new AlertingOptionsRules().Validate(null, options).Failures!),
            StringComparison.Ordinal);
    }
}
