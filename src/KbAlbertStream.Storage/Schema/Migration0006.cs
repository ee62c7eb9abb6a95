using KbAlbertStream.Storage.Reading;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KbAlbertStream.Storage.Schema;

/// <summary>The views that analysts read instead of tables.</summary>
[DbContext(typeof(EventsDbContext))]
[Migration("0006_reading")]
internal sealed class Migration0006() : SqlMigration("0006_reading.sql");
