using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Runs a theory once on every promised version of PostgreSQL, given as its only argument.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryPostgresAttribute : DataAttribute
{
    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. PostgresVersions.Promised.Select(version => new TheoryDataRow<string>(version))]);

    /// <inheritdoc />
    public override bool SupportsDiscoveryEnumeration() => true;
}
