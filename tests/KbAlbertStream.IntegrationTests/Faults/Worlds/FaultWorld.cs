using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Support;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>
/// A Kafka, a PostgreSQL, a receiver of alerts and some workers, all real, of their own and breakable, under a steady
/// load that is written down.
/// </summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    private readonly FaultModel _model;
    private readonly string _logFolder;

    private FaultWorld(
        WorldOptions options, BrokerCluster brokers, WorldDatabase database, AlertReceiver receiver, FaultModel model)
    {
        _logFolder = options.LogFolder is { } folder
            ? Directory.CreateDirectory(folder).FullName
            : Directory.CreateTempSubdirectory("kbas-faults-logs-").FullName;
        Options = options;
        Brokers = brokers;
        Database = database;
        Receiver = receiver;
        _model = model;
        Load = new LoadProducer(
            brokers.BootstrapServers, Topics, new LoadScript(model.Texts, options.Seed, options.EventStep), options.PerSecond);
        Fleet = new Fleet(Settings(database.WorkerConnectionString), _logFolder);
    }

    public WorldOptions Options { get; }

    public BrokerCluster Brokers { get; }

    public WorldDatabase Database { get; }

    public AlertReceiver Receiver { get; }

    public WorldTopics Topics { get; } = new();

    public LoadProducer Load { get; }

    public Fleet Fleet { get; }

    public FaultModel Model => _model;

    /// <summary>Where the output of ended workers is.</summary>
    public string LogFolder => _logFolder;

    /// <summary>Starts everything; returns once workers write what is published.</summary>
    public static async Task<FaultWorld> StartAsync(WorldOptions options, CancellationToken cancellationToken)
    {
        var brokers = BrokerCluster.StartAsync(FaultServers.KafkaHome(), options.Nodes, cancellationToken);
        var database = WorldDatabase.StartAsync(cancellationToken);
        var model = Task.Run(FaultModel.Write, cancellationToken);
        var receiver = AlertReceiver.StartAsync();
        await Task.WhenAll(brokers, database, model, receiver);
        var world = new FaultWorld(options, await brokers, await database, await receiver, await model);
        try
        {
            await WorldTopics.CreateAsync(world.Brokers);
            await world.Fleet.ScaleAsync(options.Workers);
            world.Load.Start();
            await Eventually.IsTrueAsync(() => world.Load.Ledger.Count > 0, "a first record");
            await world.PassesAsync(world.Load.Ledger.Ends());
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings of a worker of this world's group on a database.</summary>
    public Dictionary<string, string?> Settings(string connectionString, string group = "faults") => new()
    {
        ["Kafka:BootstrapServers"] = Brokers.BootstrapServers,
        ["Kafka:GroupId"] = group,
        ["Kafka:NewsTopics"] = WorldTopics.News,
        ["Kafka:ComplaintTopics"] = WorldTopics.Complaints,
        ["Kafka:Consumer:SessionTimeoutMs"] = $"{(int)Options.SessionTimeout.TotalMilliseconds}",
        ["Kafka:Consumer:HeartbeatIntervalMs"] = "500",
        ["Kafka:Consumer:TopicMetadataRefreshIntervalMs"] = "2000",
        ["Database:ConnectionString"] = connectionString,
        ["Database:FirstRetry"] = "00:00:00.050",
        ["Database:MaxRetry"] = "00:00:01",
        ["Batching:MaxRecords"] = "16",
        ["Text:HashKey"] = "a key for tests, not a secret",
        ["Model:Bundle"] = _model.Folder,
        ["Encoder:Provider"] = "Cpu",
        ["Encoder:Threads"] = "1",
        ["Alerting:FollowWallClock"] = "false",
        ["Alerting:MaxAge"] = "00:00:00",
        ["Alerting:PollInterval"] = "00:00:00.500",
        ["Alerting:FirstRetry"] = "00:00:00.050",
        ["Alerting:MaxRetry"] = "00:00:01",
        ["Alerting:WebhookUrl"] = $"{Receiver.Url}",
        ["Alerting:WebhookSecret"] = "a secret of more than sixteen characters",
        ["Service:Urls"] = "http://127.0.0.1:0",
    };

    /// <summary>Returns once the stored positions have passed these offsets; fails after <see cref="WorldOptions.Patience"/>.</summary>
    public Task PassesAsync(Dictionary<(string Topic, int Partition), long> ends) => Patiently.UntilAsync(
        async () =>
        {
            var positions = await PositionsAsync();
            var missing = ends.Where(end => positions.GetValueOrDefault(end.Key) < end.Value)
                .Select(end => $"{end.Key.Topic}[{end.Key.Partition}] {positions.GetValueOrDefault(end.Key)} of {end.Value}");
            return string.Join(", ", missing);
        },
        Options.Patience);

    /// <summary>Returns once every alert is found and told.</summary>
    public Task OwesNothingAsync() => Patiently.UntilAsync(
        async () =>
        {
            var owed = await Database.Query.TextsAsync(
                """
                SELECT (SELECT count(*) FROM pending_looks), (SELECT count(*) FROM alert_deliveries WHERE state = 'pending')
                """);
            return owed[0] == "0|0" ? "" : $"looks|deliveries {owed[0]}";
        },
        Options.Patience);

    /// <summary>The stored positions; none while the database does not answer.</summary>
    public async Task<Dictionary<(string Topic, int Partition), long>> PositionsAsync()
    {
        try
        {
            var rows = await Database.Query.RowsAsync(
                """SELECT topic, "partition", next_offset FROM partition_progress""",
                reader => (Key: (reader.GetString(0), reader.GetInt32(1)), Next: reader.GetInt64(2)));
            return rows.ToDictionary(row => row.Key, row => row.Next);
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException)
        {
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await Fleet.DisposeAsync();
        await Receiver.DisposeAsync();
        await Database.DisposeAsync();
        await Brokers.DisposeAsync();
        _model.Dispose();
        if (Options.LogFolder is null)
        {
            Directory.Delete(_logFolder, recursive: true);
        }
    }
}
