using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker.Commands;

public sealed class RetentionTests(PostgresServers postgres)
{
    [Fact]
    public async Task The_owner_drops_what_is_too_old_after_a_yes()
    {
        await using var database = await postgres.NewDatabaseAsync();
        await using var owner = await RoleLogin.CreateAsync(database, RoleLogin.Owner);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        var old = TimeProvider.System.GetUtcNow().AddMonths(-30);
        await writer.WriteAsync(
            SomeBatch.Of(new SomeText(1) { RecordedAt = old, OccurredAt = old }, new SomeText(2) { RecordedAt = old.AddMonths(24) }),
            default);

        await using var dry = await RunAsync(owner, "--dry-run");
        await using var asked = await RunAsync(owner);
        Assert.Equal(2, await Rows.CountAsync(database));
        await using var done = await RunAsync(owner, "--yes");
        await using var again = await RunAsync(owner, "--yes");

        Assert.Contains($"{old:yyyy-MM}  attached", dry.Output, StringComparison.Ordinal);
        Assert.Contains("0 dropped", dry.Output, StringComparison.Ordinal);
        asked.AssertEnded(ExitCode.NotConfirmed);
        Assert.True(done.ExitCode == 0, done.Errors + done.Output);
        Assert.Contains("1 months dropped", done.Output, StringComparison.Ordinal);
        Assert.Contains("0 months", again.Output, StringComparison.Ordinal);
        Assert.Equal(["id-2"], await Rows.IdsAsync(database));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Fact]
    public async Task The_service_s_role_may_drop_nothing()
    {
        await using var database = await postgres.NewDatabaseAsync();
        await using var login = await RoleLogin.CreateAsync(database, RoleLogin.Writer);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        await writer.WriteAsync(SomeBatch.Of(new SomeText(1) { RecordedAt = SomeText.Noon.AddYears(-5) }), default);

        await using var refused = await RunAsync(login, "--yes");

        refused.AssertEnded(ExitCode.ServerFault);
        Assert.Contains("42501", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await Rows.CountAsync(database));
    }

    [Theory]
    [InlineData("24")]
    [InlineData("0mo")]
    [InlineData("-1mo")]
    public async Task A_time_to_keep_that_is_none_is_refused(string keep)
    {
        await using var refused = await WorkerProcess.RunAsync(
            new Dictionary<string, string?>(), ["retention", "--kind", "news", "--keep", keep, "--yes"]);

        refused.AssertEnded(ExitCode.WrongConfiguration);
        Assert.Contains("months", refused.Errors, StringComparison.Ordinal);
    }

    private static Task<WorkerProcess> RunAsync(RoleLogin login, params string[] arguments) => WorkerProcess.RunAsync(
        new Dictionary<string, string?> { ["Database:ConnectionString"] = login.ConnectionString },
        ["retention", "--kind", "news", "--keep", "24mo", .. arguments]);
}
