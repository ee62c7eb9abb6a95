using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.IntegrationTests.Observability;

public sealed class SystemdTests(KafkaFixture kafka, PostgresServers postgres, BundleFixture bundle)
{
    [Fact]
    public async Task Systemd_is_told_of_start_progress_and_stop()
    {
        var folder = Directory.CreateTempSubdirectory("kbas-notify-").FullName;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "notify")));
        var told = new ConcurrentQueue<string>();
        using var ended = new CancellationTokenSource();
        var listening = ListenAsync(socket, told, ended.Token);
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        var settings = TestWorker.Settings(topics, database.ConnectionString);
        settings["Model:Bundle"] = bundle.Folder;
        settings["NOTIFY_SOCKET"] = Path.Combine(folder, "notify");
        settings["WATCHDOG_USEC"] = "400000";

        await using var worker = WorkerProcess.Start(settings, ["run"]);
        await Eventually.IsTrueAsync(() => told.Contains("READY=1"), "ready");
        await Eventually.IsTrueAsync(() => told.Count(line => line == "WATCHDOG=1") > 2, "a watchdog that is fed");
        Assert.DoesNotContain("STOPPING=1", told);
        await worker.TerminateAsync();

        await Eventually.IsTrueAsync(() => told.Contains("STOPPING=1"), "stopping");
        Assert.Equal(0, worker.ExitCode);
        await ended.CancelAsync();
        await listening;
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_unit_file_is_one_that_systemd_understands()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "needs systemd-analyze (Debian package systemd)");
        var folder = Directory.CreateTempSubdirectory("kbas-unit-").FullName;
        var unit = Path.Combine(folder, "kbalbertstream.service");

        // The program and its files are not installed here; everything else stays as it is.
        var text = await File.ReadAllTextAsync(Repository.PathOf("deploy", "systemd", "kbalbertstream.service"));
        await File.WriteAllTextAsync(unit, text.Replace("/opt/kbalbertstream/kbalbertstream", "/bin/true", StringComparison.Ordinal));
        using var analyze = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", unit])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var said = await analyze.StandardError.ReadToEndAsync() + await analyze.StandardOutput.ReadToEndAsync();
        await analyze.WaitForExitAsync();

        Assert.True(analyze.ExitCode == 0, said);
        Assert.DoesNotContain("kbalbertstream.service", said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ListenAsync(Socket socket, ConcurrentQueue<string> told, CancellationToken ended)
    {
        var buffer = new byte[4096];
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var length = await socket.ReceiveAsync(buffer, SocketFlags.None, ended);
                told.Enqueue(Encoding.UTF8.GetString(buffer, 0, length).Trim());
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
