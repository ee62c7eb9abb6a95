using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Tests.Worker.Configuration;

public sealed class ConfigurationSourcesTests
{
    private const string Secret = "a secret of some length";

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, false)]
    public async Task A_file_may_hold_secrets_while_others_cannot_read_it(UnixFileMode mode, bool mayHold)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are Unix's");
        var file = Path.Combine(Directory.CreateTempSubdirectory("kbas-config-").FullName, "worker.json");
        await File.WriteAllTextAsync(file, $$"""{ "Text": { "HashKey": "{{Secret}}" }, "Kafka": { "GroupId": "g" } }""");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }

        if (mayHold)
        {
            Assert.Equal(Secret, ConfigurationSources.Build(file, [])["Text:HashKey"]);
        }
        else
        {
            var wrong = Assert.Throws<InvalidConfigurationException>(() => ConfigurationSources.Build(file, []));
            Assert.Equal("Text:HashKey", Assert.Single(wrong.Errors).Key);
            Assert.DoesNotContain(Secret, wrong.Message, StringComparison.Ordinal);
        }

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("Database:ConnectionString=Host=db;Username=worker")]
    [InlineData("Kafka:SaslUsername=worker")]
    [InlineData("Kafka:SslKeyLocation=/etc/kbas/client.key")]
    public void What_is_no_secret_may_stand_on_the_command_line(string setting) =>
        Assert.NotNull(ConfigurationSources.Build(null, [setting]));

    [Fact]
    public void The_file_that_ships_holds_no_secret_and_the_program_may_bring_its_own()
    {
        var configuration = ConfigurationSources.Build(
            null, ["Kafka:GroupId=g"], [KeyValuePair.Create("Text:HashKey", (string?)Secret)]);

        Assert.Equal((Secret, "g"), (configuration["Text:HashKey"], configuration["Kafka:GroupId"]));
    }

    [Fact]
    public void A_setting_without_a_key_is_not_repeated()
    {
        var wrong = Assert.Throws<InvalidConfigurationException>(() => ConfigurationSources.Build(null, [Secret]));

        Assert.DoesNotContain(Secret, wrong.Message, StringComparison.Ordinal);
    }
}
