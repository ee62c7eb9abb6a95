using System.Text.RegularExpressions;
using KbAlbertStream.Tests.Support;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Tests.Deploy;

/// <summary>The containers were never run where this was written: these tests hold their files against the code.</summary>
public sealed partial class DeploymentFilesTests
{
    [Fact]
    public void Every_environment_key_of_the_worker_in_compose_binds_to_an_option()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(WorkerEnvironment()).Build();

        var settings = WorkerSettings.Read(configuration);

        Assert.Equal("kafka:9092", settings.Kafka.BootstrapServers);
        Assert.Equal(TimeSpan.Zero, settings.Alerting.MaxAge);
    }

    [Fact]
    public void A_misspelt_key_would_be_found()
    {
        var environment = WorkerEnvironment();
        environment["Alerting:MaxAgee"] = environment["Alerting:MaxAge"];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(environment).Build();

        Assert.Throws<InvalidConfigurationException>(() => WorkerSettings.Read(configuration));
    }

    [Theory]
    [InlineData("deploy/docker/worker.Dockerfile")]
    [InlineData("deploy/docker/replay.Dockerfile")]
    public void An_image_does_not_run_as_root_and_carries_ICU(string file)
    {
        var text = File.ReadAllText(Repository.PathOf(file));

        Assert.Matches("(?m)^USER \\$APP_UID$", text);
        Assert.Matches("(?m)^FROM .*-chiseled-extra$", text);
        Assert.DoesNotContain("INVARIANT=true", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_setting_in_an_image_binds_to_an_option()
    {
        var text = File.ReadAllText(Repository.PathOf("deploy/docker/worker.Dockerfile"));
        var keys = EnvironmentKey().Matches(text).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).ToList();

        Assert.NotEmpty(keys);
        Assert.All(keys, key =>
        {
            var reader = new OptionsReader(new ConfigurationBuilder()
                .AddInMemoryCollection([KeyValuePair.Create($"{key.Item1}:{key.Item2}", (string?)"/models/demo")]).Build());
            reader.Read<ModelOptions>(key.Item1);
            Assert.Equal(ModelOptions.Section, key.Item1);
            Assert.Empty(reader.Errors);
        });
    }

    [Fact]
    public void The_published_port_is_the_one_that_the_service_listens_on()
    {
        var port = new Uri(WorkerEnvironment()["Service:Urls"]!.Replace("*", "localhost", StringComparison.Ordinal)).Port;

        Assert.Contains($":{port}:{port}\"", Compose(), StringComparison.Ordinal);
        Assert.Contains($"EXPOSE {port}", File.ReadAllText(Repository.PathOf("deploy/docker/worker.Dockerfile")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_path_named_beside_the_port_is_served()
    {
        var line = Compose().Split('\n').Single(text => text.Contains(":8080:8080", StringComparison.Ordinal));
        var named = PathName().Matches(line).Select(match => match.Value).ToList();
        var app = WebApplication.CreateSlimBuilder().Build();
        HealthEndpoints.Map(app, new Progress(TimeProvider.System), new ServiceOptions());
        var served = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText).Append(WorkerHost.MetricsPath);

        Assert.Equal(3, named.Count);
        Assert.Subset(served.ToHashSet(), named.ToHashSet<string?>());
    }

    [Fact]
    public void Every_file_that_compose_builds_or_mounts_exists()
    {
        var files = LocalFile().Matches(Compose()).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(
            Path.Exists(Repository.PathOf(file)), $"{file} is named in docker-compose.yml and is not there"));
    }

    [Fact]
    public void No_secret_stands_in_compose()
    {
        Assert.All(
            Compose().Split('\n').Where(line => line.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase)
                || line.Contains("HashKey", StringComparison.Ordinal)).Where(line => !line.StartsWith('#')),
            line => Assert.Contains("${KBAS_", line, StringComparison.Ordinal));
    }

    private static string Compose() => File.ReadAllText(Repository.PathOf("docker-compose.yml"));

    private static Dictionary<string, string?> WorkerEnvironment()
    {
        var block = Compose().Split("x-worker-environment:")[1].Split("\nservices:")[0];
        return ComposeSetting().Matches(block).ToDictionary(
            match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal),
            match => (string?)Substitution().Replace(match.Groups[2].Value.Trim().Trim('"'), "a-secret-of-some-length"));
    }

    [GeneratedRegex(@"(?m)^  ([A-Za-z]+__[A-Za-z_]+): (.*)$")]
    private static partial Regex ComposeSetting();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Substitution();

    [GeneratedRegex(@"([A-Za-z]+)__([A-Za-z]+)=")]
    private static partial Regex EnvironmentKey();

    [GeneratedRegex("/[a-z]+")]
    private static partial Regex PathName();

    [GeneratedRegex(@"(?:dockerfile: |- \./)([A-Za-z./-]+[A-Za-z])")]
    private static partial Regex LocalFile();
}
