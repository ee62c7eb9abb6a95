using Testcontainers.Kafka;

namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>A broker in a container.</summary>
internal sealed record ContainerBroker : TestBroker
{
    private const string Image = "confluentinc/cp-kafka:7.8.0";

    private readonly KafkaContainer _container;

    private ContainerBroker(KafkaContainer container)
        : base(container.GetBootstrapAddress(), $"a container of {Image}", true) => _container = container;

    /// <summary>True when there seems to be a Docker daemon.</summary>
    public static bool CanStart =>
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } || File.Exists("/var/run/docker.sock");

    public static async Task<ContainerBroker> StartAsync(CancellationToken cancellationToken)
    {
        var container = new KafkaBuilder(Image).Build();
        await container.StartAsync(cancellationToken);
        return new ContainerBroker(container);
    }

    public override ValueTask DisposeAsync() => _container.DisposeAsync();
}
