using Confluent.Kafka.Admin;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>A right that the worker needs and its principal does not have.</summary>
internal sealed record DeniedRight(AclOperation Operation, ResourceType Resource, string Name)
{
    /// <inheritdoc />
    public override string ToString() => $"{Operation} on {Resource.ToString().ToLowerInvariant()} {Name}";
}
