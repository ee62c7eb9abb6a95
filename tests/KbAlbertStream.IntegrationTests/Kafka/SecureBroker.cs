using System.Diagnostics;
using System.Globalization;

namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>
/// A real broker with four ways in: plain (the tests' own, super user), SASL_SSL with SCRAM-SHA-512 as <c>User:worker</c>,
/// TLS with a client certificate as <c>User:CN=client</c>. These two may do nothing until it is granted.
/// </summary>
internal sealed record SecureBroker : TestBroker
{
    private const int Attempts = 3;

    private readonly string _home;
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, string> _layout;

    private SecureBroker(string home, string folder, IReadOnlyDictionary<string, string> layout)
        : base(layout["BOOTSTRAP"], $"a secure broker of {home}", true) =>
        (_home, _folder, _layout) = (home, folder, layout);

    /// <summary>The authority that signed the broker's certificate.</summary>
    public string Authority => _layout["CA"];

    public static bool CanStart(string home) => File.Exists(Path.Combine(home, "bin", "start-broker"));

    public static async Task<SecureBroker> StartAsync(string home)
    {
        // The script looks for free ports, and another test may take one before the broker does.
        for (var left = Attempts - 1; ; left--)
        {
            var folder = Directory.CreateTempSubdirectory("kbas-secure-kafka-").FullName;
            var (code, output, errors) = await RunAsync(home, "start-broker", "--dir", folder, "--secure",
                "--set", "auto.create.topics.enable=false", "--set", "group.min.session.timeout.ms=1000",
                "--set", "group.consumer.min.session.timeout.ms=3000", "--set", "group.consumer.session.timeout.ms=6000");
            if (code == 0)
            {
                var layout = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2))
                    .Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
                return new SecureBroker(home, folder, layout);
            }

            Directory.Delete(folder, recursive: true);
            Assert.True(left > 0, $"start-broker ended with {code}: {errors}");
        }
    }

    /// <summary>The settings of a worker that comes in with a client certificate.</summary>
    public Dictionary<string, string?> WithCertificate() => new()
    {
        ["Kafka:BootstrapServers"] = _layout["TLS_BOOTSTRAP"],
        ["Kafka:SecurityProtocol"] = "SSL",
        ["Kafka:SslCaLocation"] = Authority,
        ["Kafka:SslCertificateLocation"] = _layout["CLIENT_CERT"],
        ["Kafka:SslKeyLocation"] = _layout["CLIENT_KEY"],
    };

    /// <summary>The settings of a worker that comes in with a password.</summary>
    public Dictionary<string, string?> WithPassword(string? password = null) => new()
    {
        ["Kafka:BootstrapServers"] = _layout["SASL_BOOTSTRAP"],
        ["Kafka:SecurityProtocol"] = "SASL_SSL",
        ["Kafka:SslCaLocation"] = Authority,
        ["Kafka:SaslMechanism"] = "SCRAM-SHA-512",
        ["Kafka:SaslUsername"] = _layout["SASL_USER"],
        ["Kafka:SaslPassword"] = password ?? _layout["SASL_PASSWORD"],
    };

    /// <summary>kafka-acls.sh with these arguments.</summary>
    public async Task AclsAsync(params IEnumerable<string> arguments)
    {
        var (code, _, errors) = await RunAsync(
            _home, "kafka-acls.sh", ["--bootstrap-server", BootstrapServers, "--force", .. arguments]);
        Assert.True(code == 0, $"kafka-acls.sh ended with {code}: {errors}");
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        foreach (var id in _layout["PIDS"].Split(' '))
        {
            using var broker = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            broker.Kill();
            await broker.WaitForExitAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string home, string script, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(home, "bin", script))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KAFKA_HEAP_OPTS"] = "-Xmx400m -Xms64m" },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
