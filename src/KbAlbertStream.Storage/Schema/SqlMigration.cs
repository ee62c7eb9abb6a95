using Microsoft.EntityFrameworkCore.Migrations;

namespace KbAlbertStream.Storage.Schema;

/// <summary>A migration that runs one embedded SQL file of this folder.</summary>
/// <remarks>
/// To add one: write <c>Schema/000N_name.sql</c> (embedded by the project file) and a class beside it that derives
/// from this with the attributes <c>[DbContext(typeof(EventsDbContext))]</c> and
/// <c>[Migration("000N_name")]</c>. Files run in the order of their names and never change once released.
/// </remarks>
internal abstract class SqlMigration(string file) : Migration
{
    /// <inheritdoc />
    protected sealed override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(ReadSql(file));

    private static string ReadSql(string file)
    {
        var name = $"KbAlbertStream.Storage.Schema.{file}";
        using var stream = typeof(SqlMigration).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The SQL file {name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
