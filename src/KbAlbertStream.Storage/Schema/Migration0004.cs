using KbAlbertStream.Storage.Reading;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KbAlbertStream.Storage.Schema;

/// <summary>Versions and withdrawals of texts, corrections of alerts, and views of what is current.</summary>
[DbContext(typeof(EventsDbContext))]
[Migration("0004_versions")]
internal sealed class Migration0004() : SqlMigration("0004_versions.sql");
