using System.Collections.Immutable;
using KbAlbertStream.Storage.Reading;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KbAlbertStream.Storage.Schema;

/// <summary>Reads the version of the schema in the database and brings it up to what this build needs.</summary>
/// <param name="source">The database. Migrating needs the right to make tables in the current schema.</param>
public sealed class SchemaMigrator(NpgsqlDataSource source)
{
    /// <summary>What the database has and lacks. Throws what Npgsql throws when it cannot be reached.</summary>
    public async Task<SchemaState> GetStateAsync(CancellationToken cancellationToken)
    {
        await using var context = EventsDbContext.For(source);
        var known = context.Database.GetMigrations().ToImmutableArray();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken))
            .ToImmutableArray();
        return new SchemaState(
            applied,
            [.. known.Except(applied, StringComparer.Ordinal)],
            [.. applied.Except(known, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Runs the pending migrations, each all or nothing, and returns their names. Several processes may call it at
    /// the same time: the later ones wait and find nothing to do.
    /// </summary>
    public async Task<ImmutableArray<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        // EF's own lock ends with the first migration's transaction, in the middle of its list.
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('kbas.migrate'))", connection)
        {
            CommandTimeout = 0,
        };
        await turn.ExecuteNonQueryAsync(cancellationToken);

        var before = await GetStateAsync(cancellationToken);
        await using var context = EventsDbContext.For(source);

        // A migration may have to go over every row.
        context.Database.SetCommandTimeout(TimeSpan.Zero);
        await context.Database.MigrateAsync(cancellationToken);
        return before.Pending;
    }
}
