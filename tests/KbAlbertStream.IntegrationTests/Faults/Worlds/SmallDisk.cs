using KbAlbertStream.Demo.Postgres;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>
/// A file system of its own (tmpfs) that can be made as small as what is on it: full. Only root may mount one; without
/// it <see cref="TryMountAsync"/> gives null.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Roomy = "size=4g";

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk?> TryMountAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("kbas-faults-disk-").FullName;
        var mounted = await Shell.RunAsync(
            "mount", ["-t", "tmpfs", "-o", Roomy, "kbas-faults", folder], CancellationToken.None);
        if (!mounted.Succeeded)
        {
            Directory.Delete(folder);
            return null;
        }

        return new SmallDisk(folder);
    }

    /// <summary>Leaves no free block.</summary>
    public Task FillAsync() => RemountAsync($"size={UsedBytes()}");

    /// <summary>Makes room again.</summary>
    public Task MakeRoomAsync() => RemountAsync(Roomy);

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("umount", ["-l", Folder], CancellationToken.None);
        Directory.Delete(Folder);
    }

    private long UsedBytes()
    {
        var drive = new DriveInfo(Folder);
        return drive.TotalSize - drive.TotalFreeSpace;
    }

    private async Task RemountAsync(string size)
    {
        // What is written between the look and the remount makes the kernel refuse: look again.
        for (var attempt = 1; ; attempt++)
        {
            var done = await Shell.RunAsync(
                "mount", ["-o", $"remount,{size}", Folder], CancellationToken.None);
            if (done.Succeeded)
            {
                return;
            }

            Assert.True(attempt < 50, $"remount of {Folder} with {size}: {done.Tail}");
            size = size == Roomy ? size : $"size={UsedBytes()}";
        }
    }
}
