using System.Diagnostics;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>A certificate authority in a temporary folder, made with openssl.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kbas-ca-").FullName;

    private TestAuthority()
    {
    }

    /// <summary>The file with its own certificate.</summary>
    public string Certificate => Path.Combine(_folder, "ca.pem");

    public static async Task<TestAuthority> CreateAsync()
    {
        var authority = new TestAuthority();
        await authority.OpenSslAsync(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Another CA",
            "-keyout", "ca.key", "-out", "ca.pem");
        return authority;
    }

    /// <summary>Signs a certificate for a server with this name; the files are those for certificate and key.</summary>
    public async Task<(string Certificate, string Key)> SignAsync(string name)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "name.ext"), $"subjectAltName=DNS:{name}");
        await OpenSslAsync(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", $"/CN={name}", "-keyout", "server.key", "-out", "server.csr");
        await OpenSslAsync(
            "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
            "-out", "server.pem", "-extfile", "name.ext");
        return (Path.Combine(_folder, "server.pem"), Path.Combine(_folder, "server.key"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task OpenSslAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
        })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"openssl {arguments[0]}: {errors}");
    }
}
