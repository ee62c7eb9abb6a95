using KbAlbertStream.Core.Messages;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Schema;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Tests.Support;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Storage;

/// <summary>deploy/postgres/roles.sql gives every role what it needs and no more.</summary>
public sealed class RolesTests(PostgresServers servers)
{
    [Theory, EveryPostgres]
    public async Task The_writer_writes_and_makes_months_without_the_right_to_make_tables(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var login = await RoleLogin.CreateAsync(database, RoleLogin.Writer);
        await using var writer = new EventWriter(login.Source, new EventWriterOptions());
        var early = new SomeText(1) { OccurredAt = SomeText.Noon.AddHours(1), Story = "wire" };

        await writer.WriteAsync(SomeBatch.Of(early), default);
        var result = await writer.WriteAsync(
            SomeBatch.Of(
                new SomeText(2) { Story = "wire" },
                new SomeText(3) { RecordedAt = SomeText.Noon.AddMonths(1), OccurredAt = SomeText.Noon.AddMonths(1) }),
            default);

        Assert.Equal(2, result.Inserted);
        await writer.WriteAsync(SomeBatch.Of(new SomeText(4) { Id = "id-2", Negative = 0 }), default);
        await writer.WriteAsync(SomeBatch.Withdrawing(("id-1", 5)), default);
        Assert.Equal(2L, await database.ScalarAsync<long>("SELECT count(*) FROM pending_retractions"));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task The_writer_changes_no_text_removes_none_and_changes_no_schema(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = await RoleLogin.CreateAsync(database, RoleLogin.Writer);

        foreach (var table in new[] { "scored_events", "dead_letters", "gaps" })
        {
            await writer.MayNotAsync($"UPDATE {table} SET topic = 'other'");
            await writer.MayNotAsync($"DELETE FROM {table}");
            await writer.MayNotAsync($"TRUNCATE {table}");
        }

        await writer.MayNotAsync("TRUNCATE partition_progress");
        await writer.MayNotAsync("DELETE FROM partition_progress");
        await writer.MayNotAsync("UPDATE negative_mentions SET customer_ref = 'other'");
        await writer.MayNotAsync("CREATE TABLE mine (n int)");
        await writer.MayNotAsync("CREATE SCHEMA mine");
        await writer.MayNotAsync("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        await writer.MayNotAsync("ALTER TABLE scored_events ADD mine int");
        await writer.MayNotAsync("ALTER TABLE scored_events DETACH PARTITION scored_events_news");
        await writer.MayNotAsync("DROP TABLE scored_events");
        await writer.MayNotAsync("DROP VIEW v_events");
        await writer.MayNotAsync("CREATE OR REPLACE VIEW v_open_alerts AS SELECT 1 AS alert_id");
        await writer.MayNotAsync("ALTER FUNCTION ensure_event_month RESET ALL");
        await writer.MayNotAsync("INSERT INTO schema_migrations VALUES ('9999', '1')");
        await writer.MayNotAsync("SET ROLE kbas_owner");
    }

    [Theory, EveryPostgres]
    public async Task The_writer_reads_no_stored_text_and_no_customer_of_one(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = await RoleLogin.CreateAsync(database, RoleLogin.Writer);

        await writer.ExecuteAsync("SELECT title, url FROM scored_events");
        await writer.MayNotAsync("SELECT text FROM scored_events");
        await writer.MayNotAsync("SELECT customer_ref FROM scored_events");
        await writer.MayNotAsync("SELECT * FROM scored_events");
        await writer.MayNotAsync("SELECT * FROM scored_events_complaint");
        await writer.MayNotAsync("SELECT detail FROM dead_letters");
        await writer.MayNotAsync("SELECT * FROM v_events");
        await writer.MayNotAsync("COPY scored_events TO STDOUT");
        await writer.MayNotAsync("SELECT rolpassword FROM pg_authid");
    }

    [Theory, EveryPostgres]
    public async Task Readers_read_every_view_and_no_table(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var reader = await RoleLogin.CreateAsync(database, RoleLogin.Reader);
        var views = await RelationsAsync(database, "'v'");
        var tables = await RelationsAsync(database, "'r', 'p'");

        Assert.True(views.Length >= 8, string.Join(", ", views));
        foreach (var view in views)
        {
            var columns = await database.RowsAsync(
                $"SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_name = '{view}' AND column_name <> 'customer_ref'");
            await reader.ExecuteAsync($"SELECT {string.Join(", ", columns)} FROM {view}");
            Assert.False(await database.ScalarAsync<bool>(
                $"SELECT has_table_privilege('kbas_reader', '{view}', 'INSERT, UPDATE, DELETE, TRUNCATE')"));
        }

        Assert.True(tables.Length >= 10, string.Join(", ", tables));
        foreach (var table in tables)
        {
            await reader.MayNotAsync($"SELECT 1 FROM {table}");
            await reader.MayNotAsync($"DELETE FROM {table}");
            await reader.MayNotAsync($"INSERT INTO {table} DEFAULT VALUES");
        }

        await reader.MayNotAsync("CREATE TABLE mine (n int)");
        await reader.MayNotAsync("SET ROLE kbas_writer");
    }

    [Theory, EveryPostgres]
    public async Task No_view_shows_readers_the_pseudonym_of_a_customer(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        await writer.WriteAsync(SomeBatch.Of(new SomeText(1) { Kind = MessageKind.Complaint, CustomerRef = "c-4711" }), default);
        await using var reader = await RoleLogin.CreateAsync(database, RoleLogin.Reader);

        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM scored_events WHERE customer_ref = 'c-4711'"));
        foreach (var view in await RelationsAsync(database, "'v'"))
        {
            var columns = string.Join(", ", await database.RowsAsync(
                $"""
                SELECT quote_ident(attname) FROM pg_attribute
                WHERE attrelid = '{view}'::regclass AND attnum > 0
                  AND has_column_privilege('kbas_reader', attrelid, attnum, 'SELECT')
                """));
            await using var command = reader.Source.CreateCommand(
                $"SELECT count(*) FROM (SELECT {columns} FROM {view}) AS v WHERE v::text LIKE '%c-4711%'");
            Assert.True((long)(await command.ExecuteScalarAsync())! == 0, view);
        }
    }

    [Theory, EveryPostgres]
    public async Task Readers_and_the_public_call_no_function_and_writers_only_what_is_listed(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var reader = await RoleLogin.CreateAsync(database, RoleLogin.Reader);

        await reader.MayNotAsync("SELECT ensure_event_month('news', now())");
        Assert.Empty(await database.RowsAsync(
            """
            SELECT p.oid::regprocedure::text FROM pg_proc AS p
            WHERE p.pronamespace = current_schema()::regnamespace
              AND (has_function_privilege('kbas_reader', p.oid, 'EXECUTE') OR p.proowner <> 'kbas_owner'::regrole
                OR (p.prosecdef AND NOT coalesce(p.proconfig::text, '') LIKE '%search_path=%pg_temp%'))
            """));
    }

    [Theory, EveryPostgres]
    public async Task A_search_path_of_the_caller_leads_no_function_astray(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var login = await RoleLogin.CreateAsync(database, RoleLogin.Writer);
        await database.ExecuteAsync(
            $"""
            CREATE SCHEMA trap;
            CREATE TABLE trap.sprung (n int);
            GRANT USAGE ON SCHEMA trap TO PUBLIC;
            GRANT ALL ON trap.sprung TO PUBLIC;
            CREATE FUNCTION trap.to_regclass(text) RETURNS regclass LANGUAGE plpgsql AS
              'BEGIN INSERT INTO trap.sprung VALUES (1); RETURN NULL; END';
            CREATE FUNCTION trap.date_trunc(text, timestamp) RETURNS timestamp LANGUAGE plpgsql AS
              'BEGIN INSERT INTO trap.sprung VALUES (1); RETURN $2; END';
            """);

        await login.ExecuteAsync(
            """
            SET search_path = trap, pg_catalog, public;
            CREATE TEMP TABLE scored_events_news (LIKE public.schema_migrations);
            CREATE TEMP TABLE scored_events_news_2031_07 (n int);
            SELECT public.ensure_event_month('news', '2031-07-05Z');
            """);

        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM trap.sprung"));
        Assert.Equal(
            "kbas_owner",
            await database.ScalarAsync<string>(
                "SELECT relowner::regrole::text FROM pg_class WHERE oid = 'public.scored_events_news_2031_07'::regclass"));
    }

    [Theory, EveryPostgres]
    public async Task The_owner_migrates_an_empty_database_and_everything_is_the_roles(string version)
    {
        await using var database = await servers.NewEmptyDatabaseAsync(version);
        await using var owner = await RoleLogin.CreateAsync(database, RoleLogin.Owner);

        await new SchemaMigrator(owner.Source).MigrateAsync(default);
        await using var writer = await RoleLogin.CreateAsync(database, RoleLogin.Writer);
        await using var events = new EventWriter(writer.Source, new EventWriterOptions());
        var result = await events.WriteAsync(SomeBatch.Of(new SomeText(1)), default);

        Assert.Equal(1, result.Inserted);
        Assert.Empty(await database.RowsAsync(
            """
            SELECT oid::regclass::text FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relowner <> 'kbas_owner'::regrole
            """));
        await owner.ExecuteAsync("DELETE FROM scored_events; DROP TABLE scored_events_news_2026_11");
        await owner.MayNotAsync("CREATE ROLE another");
        await owner.MayNotAsync("COPY scored_events TO PROGRAM 'cat'");
    }

    [Theory, EveryPostgres]
    public async Task Every_table_view_and_function_stands_in_the_file(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        var file = await File.ReadAllTextAsync(Repository.PathOf("deploy", "postgres", "roles.sql"));

        var names = await database.RowsAsync(
            """
            SELECT relname FROM pg_class AS c
            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
            UNION SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
            """);

        Assert.Contains("scored_events", names);
        Assert.All(names, name => Assert.Contains($"('{name}',", file, StringComparison.Ordinal));
    }

    [Theory, EveryPostgres]
    public async Task Members_of_the_old_roles_keep_working_with_the_rights_of_the_new(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await database.ExecuteAsync(
            """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kbas_worker') THEN CREATE ROLE kbas_worker; END IF;
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kbas_analyst') THEN CREATE ROLE kbas_analyst; END IF;
            END $$;
            GRANT SELECT, INSERT ON scored_events TO kbas_worker;
            GRANT SELECT ON scored_events TO kbas_analyst;
            """);
        await using var worker = await RoleLogin.OfMemberAsync(database, "kbas_worker");
        await using var analyst = await RoleLogin.OfMemberAsync(database, "kbas_analyst");
        await analyst.ExecuteAsync("SELECT customer_ref FROM scored_events");

        await RoleLogin.ApplyRolesAsync(database);

        await using var writer = new EventWriter(worker.Source, new EventWriterOptions());
        Assert.Equal(1, (await writer.WriteAsync(SomeBatch.Of(new SomeText(1)), default)).Inserted);
        await worker.MayNotAsync("SELECT text FROM scored_events");
        await analyst.ExecuteAsync("SELECT title FROM v_events");
        await analyst.MayNotAsync("SELECT customer_ref FROM scored_events");
    }

    private static Task<string[]> RelationsAsync(PostgresDatabase database, string kinds) => database.RowsAsync(
        $"""
        SELECT relname FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ({kinds}) ORDER BY 1
        """);
}
