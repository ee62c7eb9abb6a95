using System.Collections.Immutable;

namespace KbAlbertStream.Storage.Schema;

/// <summary>What the database has of the schema that this build was made for.</summary>
/// <param name="Applied">Migrations in the database, in order.</param>
/// <param name="Pending">Migrations of this build that the database lacks, in order.</param>
/// <param name="Unknown">Migrations in the database that this build does not know: a newer build migrated it.</param>
public sealed record SchemaState(
    ImmutableArray<string> Applied, ImmutableArray<string> Pending, ImmutableArray<string> Unknown)
{
    /// <summary>The last migration in the database; null for an empty one.</summary>
    public string? Version => Applied.IsEmpty ? null : Applied[^1];

    /// <summary>True when the database has all that this build needs. A newer schema is fine: migrations only add.</summary>
    public bool IsReady => Pending.IsEmpty;
}
