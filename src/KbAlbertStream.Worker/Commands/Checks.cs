using System.Net.Sockets;
using Confluent.Kafka;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Schema;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;
using Npgsql;

namespace KbAlbertStream.Worker.Commands;

/// <summary>The single checks of <c>check</c>.</summary>
internal static class Checks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether a broker answers, and whether the topics to read and those for dead letters exist.</summary>
    public static IEnumerable<Verdict> Topics(WorkerSettings settings)
    {
        TopicReport report;
        try
        {
            report = TopicReport.Ask(settings.Kafka, settings.KafkaProperties, Patience);
        }
        catch (KafkaException fault)
        {
            return
            [
                new("kafka", false,
                    $"no broker of {settings.Kafka.BootstrapServers} answers: {Retries.CodeOf(fault)}, {fault.Error.Reason}"),
            ];
        }

        var names = new TopicNames(settings.Kafka);
        return
        [
            new("kafka", true, $"a broker of {settings.Kafka.BootstrapServers} answers"),
            OfTopics("topics in", names.All, report.MissingInputs, report),
            OfTopics("topics out", [.. names.DeadLetters], report.MissingDeadLetters, report),
        ];
    }

    /// <summary>Whether the brokers grant what the worker needs.</summary>
    public static async Task<Verdict> AccessAsync(WorkerSettings settings)
    {
        try
        {
            var denied = await KafkaAccess.AskAsync(settings.Kafka, settings.KafkaProperties, Patience)
                .ConfigureAwait(false);
            return denied.Count == 0
                ? new("access", true, "the brokers deny nothing that is needed")
                : new("access", false, $"denied: {string.Join(", ", denied)}");
        }
        catch (KafkaException fault)
        {
            return new("access", false, $"the brokers do not say: {Retries.CodeOf(fault)}");
        }
    }

    /// <summary>Whether the database answers, and whether its schema is what this build needs.</summary>
    public static async Task<IReadOnlyList<Verdict>> DatabaseAsync(
        DatabaseOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = StorageDataSource.Create(options.ConnectionString);
            string server;
            await using (var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false))
            {
                server = $"PostgreSQL {connection.PostgreSqlVersion.ToString(2)}, database {connection.Database}";
            }

            var state = await new SchemaMigrator(source).GetStateAsync(cancellationToken).ConfigureAwait(false);
            return [new("database", true, server), OfSchema(state, options)];
        }
        catch (Exception fault) when (fault is NpgsqlException or SocketException or TimeoutException)
        {
            return [new("database", false, $"{Retries.CodeOf(fault)}: {DatabaseReason.Of(fault)}")];
        }
    }

    /// <summary>Whether the dictionary is valid.</summary>
    public static Verdict Dictionary(WorkerSettings settings)
    {
        try
        {
            var dictionary = DictionaryFiles.Load(settings.Institutions.Dictionary);
            var fallback = settings.Complaints.DefaultInstitution;
            return fallback is null || dictionary.Find(fallback) is not null
                ? new("dictionary", true, $"{dictionary.Version}, {dictionary.Institutions.Length} institutions")
                : new("dictionary", false, $"Complaints:DefaultInstitution = {fallback} is no id of {dictionary.Version}");
        }
        catch (UnusableFileException unusable)
        {
            return new("dictionary", false, unusable.Message);
        }
    }

    /// <summary>Whether the bundle loads and reproduces its golden scores on this machine.</summary>
    public static Verdict Bundle(WorkerSettings settings)
    {
        try
        {
            using var model = ModelFiles.Load(settings.Model, settings.Encoder);
            return new("bundle", true, $"{model.Version}, golden scores reproduced");
        }
        catch (UnusableFileException unusable)
        {
            return new("bundle", false, unusable.Message);
        }
    }

    private static Verdict OfTopics(
        string subject, IReadOnlyCollection<string> names, IReadOnlyList<string> missing, TopicReport report) =>
        missing.Count == 0
            ? new(subject, true, string.Join(", ", names.Order(StringComparer.Ordinal)
                .Select(topic => $"{topic} ({report.Partitions[topic]} partitions)")))
            : new(subject, false, $"missing: {string.Join(", ", missing)}");

    private static Verdict OfSchema(SchemaState state, DatabaseOptions options) => state switch
    {
        { IsReady: true } => new("schema", true, $"at {state.Version}"),
        _ when options.MigrateAtStart => new("schema", true, $"lacks {string.Join(", ", state.Pending)}; run migrates"),
        _ => new("schema", false, $"lacks {string.Join(", ", state.Pending)}: run 'kbalbertstream migrate'"),
    };
}
