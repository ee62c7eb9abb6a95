using KbAlbertStream.Storage.Reading;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KbAlbertStream.Storage.Schema;

/// <summary>Epochs, topic ids and refusals of positions; gaps.</summary>
[DbContext(typeof(EventsDbContext))]
[Migration("0003_positions")]
internal sealed class Migration0003() : SqlMigration("0003_positions.sql");
