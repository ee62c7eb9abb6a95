using KbAlbertStream.Storage.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace KbAlbertStream.Storage.Schema;

/// <summary>
/// Tells EF that the model asks for no table of its own: SQL files make the tables, and the context maps views and
/// tables that are excluded from migrations, so an empty snapshot and the model agree for ever.
/// </summary>
[DbContext(typeof(EventsDbContext))]
internal sealed class EventsDbContextModelSnapshot : ModelSnapshot
{
    /// <inheritdoc />
    protected override void BuildModel(ModelBuilder modelBuilder)
    {
    }
}
