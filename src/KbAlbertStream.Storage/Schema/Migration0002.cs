using KbAlbertStream.Storage.Reading;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KbAlbertStream.Storage.Schema;

/// <summary>Levels, alerts, deliveries and the view of open alerts.</summary>
[DbContext(typeof(EventsDbContext))]
[Migration("0002_alerts")]
internal sealed class Migration0002() : SqlMigration("0002_alerts.sql");
