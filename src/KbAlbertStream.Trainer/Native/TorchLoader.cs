using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace KbAlbertStream.Trainer.Native;

/// <summary>
/// Makes libtorch usable on systems whose C++ runtime is older than the one TorchSharp was built with
/// (Debian 12, RHEL 9).
/// </summary>
/// <remarks>
/// <c>libLibTorchSharp.so</c> 0.107 demands GLIBCXX_3.4.32 for one symbol (<c>_ZSt21ios_base_library_initv</c>) which
/// nothing calls. Where the library does not load for that reason, a private copy with this one demand marked weak is
/// loaded before the first torch call; the runtime then finds the library by its name. Elsewhere nothing is changed.
/// </remarks>
internal static class TorchLoader
{
    private const string Library = "libLibTorchSharp.so";
    private const string TooNewVersion = "GLIBCXX_3.4.32";
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>
    /// Loads libtorch unless that was done. Call it before the first torch call of the process. Throws
    /// <see cref="DllNotFoundException"/> with the linker's words when the library cannot be had.
    /// </summary>
    public static void EnsureLoaded()
    {
        lock (Gate)
        {
            if (_loaded)
            {
                return;
            }

            if (OperatingSystem.IsLinux() && FindLibrary() is { } path && !LoadsAsItIs(path))
            {
                // In the order of need: the copy lies in another folder and finds these three by their names.
                foreach (var needed in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
                {
                    NativeLibrary.Load(Path.Combine(Path.GetDirectoryName(path)!, needed));
                }

                NativeLibrary.Load(PatchedCopy(path));
            }

            _loaded = true;
        }
    }

    /// <summary>The path of a private copy of <paramref name="library"/> that demands the newer C++ runtime weakly.</summary>
    internal static string PatchedCopy(string library)
    {
        var bytes = File.ReadAllBytes(library);
        if (!VersionNeeds.TryMarkWeak(bytes, TooNewVersion))
        {
            throw new DllNotFoundException($"{library} cannot be loaded, and not because of {TooNewVersion}");
        }

        var folder = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "kbalbertstream",
            Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        var copy = Path.Combine(folder, Library);
        if (!File.Exists(copy) || new FileInfo(copy).Length != bytes.Length)
        {
            // Two trainers may start at once: each writes its own file, and the rename is atomic.
            Directory.CreateDirectory(folder);
            var own = $"{copy}.{Environment.ProcessId}";
            File.WriteAllBytes(own, bytes);
            File.Move(own, copy, overwrite: true);
        }

        return copy;
    }

    /// <summary>Where the build put the library; null when it is not beside this assembly.</summary>
    internal static string? FindLibrary()
    {
        var folder = Path.GetDirectoryName(typeof(TorchLoader).Assembly.Location)!;
        string[] places = [Path.Combine(folder, "runtimes", "linux-x64", "native", Library), Path.Combine(folder, Library)];
        return places.FirstOrDefault(File.Exists);
    }

    private static bool LoadsAsItIs(string path) => NativeLibrary.TryLoad(path, out _);
}
