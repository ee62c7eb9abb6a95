using KbAlbertStream.Storage.Reading;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KbAlbertStream.Storage.Schema;

/// <summary>Scored texts, dead letters, progress, counts and the analysts' views.</summary>
[DbContext(typeof(EventsDbContext))]
[Migration("0001")]
internal sealed class Migration0001() : SqlMigration("0001.sql");
