using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace KbAlbertStream.Demo.Postgres;

/// <summary>A data directory and the server on it.</summary>
internal sealed class PostgresCluster(PostgresBinaries binaries, ServerAccount account, string directory)
{
    /// <summary>The database that the service uses.</summary>
    public const string DatabaseName = "kbalbertstream";

    private const string User = "kbas";
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private int _port;

    /// <summary>The major version.</summary>
    public int Version => binaries.Version;

    /// <summary>The folder that holds <c>data/</c>, <c>server.log</c> and <c>password</c>.</summary>
    public string Directory => directory;

    private string DataDirectory => Path.Combine(directory, "data");

    private string LogFile => Path.Combine(directory, "server.log");

    private string PidFile => Path.Combine(DataDirectory, "postmaster.pid");

    private string PasswordFile => Path.Combine(directory, "password");

    /// <summary>The major version of the server in a folder; null when there is none.</summary>
    public static int? StoredVersion(string directory)
    {
        var file = Path.Combine(directory, "data", "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>A connection string for Npgsql.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = User,
        Password = File.ReadAllText(PasswordFile),
        Database = database,
    }.ConnectionString;

    /// <summary>The same for psql.</summary>
    public string Uri(string database) =>
        $"postgresql://{User}:{File.ReadAllText(PasswordFile)}@127.0.0.1:{_port}/{database}";

    /// <summary>Makes the data directory: UTF-8, a random password, connections from this machine only.</summary>
    public async Task InitializeAsync(
        bool durable, ServerCertificate? certificate, CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(directory);
        await WriteSecretAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), cancellationToken);
        await account.OwnAsync(directory, cancellationToken);

        // From 17 on the server brings C.UTF-8 itself; before, the machine may lack it, and C sorts the same.
        string[] locale = Version >= 17
            ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            : ["--locale=C"];
        var result = await Shell.RunAsync(
            account.Command(
                directory, binaries["initdb"],
                [
                    "-D", DataDirectory, "-U", User, "--pwfile", PasswordFile, "--auth=scram-sha-256",
                    "--encoding=UTF8", "--no-sync", "--no-instructions", .. locale,
                ]),
            cancellationToken);
        if (!result.Succeeded)
        {
            throw new PostgresUnavailableException($"initdb in {directory} failed: {result.Tail}");
        }

        await File.AppendAllTextAsync(
            Path.Combine(DataDirectory, "postgresql.conf"), Settings(durable), cancellationToken);
        await (certificate?.InstallAsync(DataDirectory, account, cancellationToken) ?? Task.CompletedTask);
    }

    /// <summary>Starts the server on its port, the first time on a free one; returns once it takes connections.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var firstTime = _port == 0;
        for (var attempt = 1; ; attempt++)
        {
            _port = firstTime ? FreePort() : _port;
            var logged = File.Exists(LogFile) ? new FileInfo(LogFile).Length : 0;

            // pg_ctl gives the server a session of its own, so Ctrl+C does not stop it before its clients are done.
            var result = await PgCtlAsync(
                ["start", "-w", "-t", "60", "-l", LogFile, "-o", $"-p {_port}"], cancellationToken);
            if (result.Succeeded)
            {
                return;
            }

            // Another process took the port, or the processes of a killed server are not all gone yet.
            var log = ReadLog(logged);
            var mayPass = log.Contains("Address already in use", StringComparison.Ordinal)
                || log.Contains("still in use", StringComparison.Ordinal)
                || log.Contains("Is another postmaster", StringComparison.Ordinal);
            if (!mayPass || attempt == Attempts)
            {
                throw new PostgresUnavailableException($"PostgreSQL in {directory} did not start: {result.Tail}\n{log}");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Stops the server if it runs; clients are cut off.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(PidFile))
        {
            await PgCtlAsync(["stop", "-m", "fast", "-w", "-t", "60"], cancellationToken);
        }
    }

    /// <summary>Ends the server with kill -9; its other processes notice and end by themselves.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        var line = (await File.ReadAllLinesAsync(PidFile, cancellationToken))[0];
        using var server = Process.GetProcessById(int.Parse(line, CultureInfo.InvariantCulture));
        server.Kill();

        // Whether the process is gone is for its parent to see; that it no longer answers is what matters.
        while (await AnswersAsync(cancellationToken))
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task WriteSecretAsync(string secret, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(PasswordFile, options);
        await writer.WriteAsync(secret.AsMemory(), cancellationToken);
    }

    private Task<ShellResult> PgCtlAsync(string[] arguments, CancellationToken cancellationToken) =>
        Shell.RunAsync(
            account.Command(directory, binaries["pg_ctl"], [.. arguments, "-D", DataDirectory]), cancellationToken);

    private string ReadLog(long from)
    {
        if (!File.Exists(LogFile))
        {
            return "";
        }

        using var stream = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(Math.Min(from, stream.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Settings(bool durable)
    {
        var flag = durable ? "on" : "off";
        return
            $"""

            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            max_connections = 60
            shared_buffers = 64MB
            timezone = 'UTC'
            log_timezone = 'UTC'
            fsync = {flag}
            synchronous_commit = {flag}
            full_page_writes = {flag}

            """;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
