using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>
/// Reads options classes from configuration and collects all that is wrong, in all sections: values that do not
/// convert, keys that no option has, broken attributes and broken rules. The binder alone stops at its first error.
/// </summary>
public sealed class OptionsReader(IConfiguration configuration)
{
    private readonly List<ConfigurationError> _errors = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<ConfigurationError> Errors => _errors;

    /// <summary>
    /// The options of a section. Where a value does not convert, the option keeps its default and the error is kept.
    /// </summary>
    /// <param name="section">The section's name.</param>
    /// <param name="rules">Rules across fields; a failure may start with a key relative to the section and a colon.</param>
    /// <param name="freeKeys">True when the section holds keys that are no options (librdkafka properties).</param>
    public T Read<T>(string section, IValidateOptions<T>? rules = null, bool freeKeys = false)
        where T : class, new()
    {
        var source = configuration.GetSection(section);
        var options = new T();
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        if (!freeKeys)
        {
            RejectUnknownKeys(source, properties);
        }

        foreach (var property in properties.Values)
        {
            Assign(source.GetSection(property.Name), property, options);
            CheckAttributes(source.GetSection(property.Name), property, options);
        }

        if (rules?.Validate(Options.DefaultName, options) is { Failed: true } result)
        {
            _errors.AddRange(result.Failures.Select(failure => ErrorOf(source, properties, failure)));
        }

        return options;
    }

    /// <summary>Adds an error found elsewhere.</summary>
    public void Add(ConfigurationError error) => _errors.Add(error);

    /// <summary>Throws when anything was wrong.</summary>
    /// <exception cref="InvalidConfigurationException">With every error.</exception>
    public void ThrowIfWrong()
    {
        if (_errors.Count > 0)
        {
            throw new InvalidConfigurationException([.. _errors]);
        }
    }

    private static string? Shown(string? value, PropertyInfo? property) =>
        value is null || property?.GetCustomAttribute<SecretAttribute>() is null
            ? value
            : ConfigurationError.HiddenValue;

    private void RejectUnknownKeys(IConfigurationSection source, Dictionary<string, PropertyInfo> known)
    {
        foreach (var child in source.GetChildren().Where(child => !known.ContainsKey(child.Key)))
        {
            // A misspelt key may have been meant for a secret.
            _errors.Add(new ConfigurationError(
                child.Path,
                ConfigurationError.HiddenValue,
                $"no such option; known are {string.Join(", ", known.Keys.Order())}"));
        }
    }

    private void Assign(IConfigurationSection source, PropertyInfo property, object options)
    {
        if (!source.Exists())
        {
            return;
        }

        try
        {
            var value = source.Get(property.PropertyType);
            if (value is not null)
            {
                property.SetValue(options, value);
            }
        }
        catch (InvalidOperationException)
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var expected = type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : $"a {type.Name}";
            _errors.Add(new ConfigurationError(source.Path, Shown(source.Value, property), $"is not {expected}"));
        }
    }

    private void CheckAttributes(IConfigurationSection source, PropertyInfo property, object options)
    {
        var context = new ValidationContext(options) { MemberName = property.Name, DisplayName = property.Name };
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateProperty(property.GetValue(options), context, results))
        {
            _errors.AddRange(results.Select(result => new ConfigurationError(
                source.Path, Shown(source.Value, property), result.ErrorMessage ?? "is not valid")));
        }
    }

    private static ConfigurationError ErrorOf(
        IConfigurationSection source, Dictionary<string, PropertyInfo> properties, string failure)
    {
        var colon = failure.IndexOf(": ", StringComparison.Ordinal);
        var key = colon < 0 ? "" : failure[..colon];
        if (!properties.TryGetValue(key, out var property))
        {
            return new ConfigurationError(source.Path, null, failure);
        }

        var child = source.GetSection(property.Name);
        return new ConfigurationError(child.Path, Shown(child.Value, property), failure[(colon + 2)..]);
    }
}
