using Microsoft.Extensions.Options;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>The rules across the fields of <see cref="AlertingOptions"/>. A failure never repeats the secret.</summary>
public sealed class AlertingOptionsRules : IValidateOptions<AlertingOptions>
{
    private const int ShortestSecret = 16;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AlertingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        if (options.AlphaCritical > options.AlphaWarning)
        {
            failures.Add($"{nameof(options.AlphaCritical)}: is above {nameof(options.AlphaWarning)}");
        }

        if (options.MaxRetry < options.FirstRetry)
        {
            failures.Add($"{nameof(options.MaxRetry)}: is shorter than {nameof(options.FirstRetry)}");
        }

        if (options.WebhookUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
        {
            failures.Add($"{nameof(options.WebhookUrl)}: is no http or https address");
        }

        if (options.WebhookUrl is not null && (options.WebhookSecret ?? "").Length < ShortestSecret)
        {
            failures.Add(
                $"{nameof(options.WebhookSecret)}: has fewer than {ShortestSecret} characters, and posts are signed with it");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
