using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>
/// Refuses secrets where others can read them: in the file that ships with the program, and on a command line, which every
/// account sees in the list of processes.
/// </summary>
internal static class SecretPlaces
{
    private const string Advice =
        "put it into the environment, a file of KBAS_SECRETS_DIRECTORY or /run/secrets, or user secrets";

    /// <summary>Looks at one source.</summary>
    /// <exception cref="InvalidConfigurationException">With every secret it holds, without the values.</exception>
    public static void Check(IConfiguration source, string place)
    {
        var found = source.AsEnumerable().Where(pair => !string.IsNullOrEmpty(pair.Value) && IsSecret(pair.Key, pair.Value))
            .Select(pair => new ConfigurationError(
                pair.Key,
                ConfigurationError.HiddenValue,
                $"is a secret and stands in {place}: {Advice}"))
            .ToList();
        if (found.Count > 0)
        {
            throw new InvalidConfigurationException(found);
        }
    }

    private static bool IsSecret(string key, string value)
    {
        var name = key[(key.LastIndexOf(':') + 1)..];
        return key.ToUpperInvariant() switch
        {
            "TEXT:HASHKEY" or "ALERTING:WEBHOOKSECRET" => true,

            // Without a password it is an address: there are .pgpass files and certificates.
            "DATABASE:CONNECTIONSTRING" => value.Contains("password", StringComparison.OrdinalIgnoreCase)
                || value.Contains("pwd", StringComparison.OrdinalIgnoreCase),
            var upper when upper.StartsWith("KAFKA:", StringComparison.Ordinal) =>
                KafkaProperties.PropertyName(name) is var property
                && property != "sasl.username" && KafkaProperties.IsSecret(property),
            _ => false,
        };
    }
}
