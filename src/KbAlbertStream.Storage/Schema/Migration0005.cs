using KbAlbertStream.Storage.Reading;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KbAlbertStream.Storage.Schema;

/// <summary>Starts of partitions, and dead letters that became rows.</summary>
[DbContext(typeof(EventsDbContext))]
[Migration("0005_operations")]
internal sealed class Migration0005() : SqlMigration("0005_operations.sql");
