using Microsoft.Extensions.Options;
using Npgsql;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>The rules across the fields of <see cref="DatabaseOptions"/>.</summary>
public sealed class DatabaseOptionsRules : IValidateOptions<DatabaseOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        if (options.ConnectionString.Length > 0 && ConnectionStringFault(options.ConnectionString) is { } fault)
        {
            failures.Add($"{nameof(options.ConnectionString)}: {fault}");
        }

        if (options.MaxRetry < options.FirstRetry)
        {
            failures.Add($"{nameof(options.MaxRetry)}: is shorter than {nameof(options.FirstRetry)}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // The parser's own message can quote the value, and with it the password: only the keyword is repeated.
    private static string? ConnectionStringFault(string text)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(builder.Host) ? "names no Host"
                : new[] { builder.RootCertificate, builder.SslCertificate, builder.SslKey }
                    .FirstOrDefault(file => file is not null && !File.Exists(file)) is { } missing
                    ? $"there is no file {missing}"
                    : null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException)
        {
            return "is no Npgsql connection string (keyword=value pairs separated by semicolons)";
        }
    }
}
