using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KbAlbertStream.Storage.Reading;

/// <summary>Entity Framework's view of the database: reads only, over the analysts' views and the small tables.</summary>
/// <remarks>Writes go through <c>EventWriter</c>; the schema comes from the SQL files in Schema/.</remarks>
public sealed class EventsDbContext(DbContextOptions<EventsDbContext> options) : DbContext(options)
{
    /// <summary>Name of the table that holds the migrations that have run.</summary>
    internal const string HistoryTable = "schema_migrations";

    /// <summary>Scored texts (<c>v_events</c>).</summary>
    public DbSet<EventRow> Events => Set<EventRow>();

    /// <summary>Texts by institution, Korean day and kind (<c>v_entity_daily</c>).</summary>
    public DbSet<EntityDay> EntityDays => Set<EntityDay>();

    /// <summary>Alerts, open and closed (<c>alerts</c>).</summary>
    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    /// <summary>A context on a data source; it tracks nothing.</summary>
    public static EventsDbContext For(NpgsqlDataSource source) =>
        new(Configure(new DbContextOptionsBuilder<EventsDbContext>(), source).Options);

    /// <summary>The options that every context needs, for registration in a container.</summary>
    public static DbContextOptionsBuilder<EventsDbContext> Configure(
        DbContextOptionsBuilder<EventsDbContext> builder, NpgsqlDataSource source) =>
        builder
            .UseNpgsql(source, postgres => postgres.MigrationsHistoryTable(HistoryTable))
            .UseSnakeCaseNamingConvention()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<EventRow>(row =>
        {
            row.HasNoKey().ToView("v_events");
            row.Property(r => r.Evidence).HasColumnType("jsonb");
            row.Property(r => r.Masked).HasColumnType("jsonb");
        });
        modelBuilder.Entity<AlertRow>(row =>
        {
            // As a view: read only, and no business of EF's migrations.
            row.HasNoKey().ToView("alerts");
            row.Property(r => r.Windows).HasColumnType("jsonb");
            row.Property(r => r.Evidence).HasColumnType("jsonb");
        });
        modelBuilder.Entity<EntityDay>().HasNoKey().ToView("v_entity_daily");
    }
}
