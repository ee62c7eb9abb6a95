using System.Runtime.CompilerServices;
using KbAlbertStream.Trainer.Native;
using TorchSharp;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>Loads libtorch before any test, on one thread: the tensors here are too small to share out.</summary>
internal static class TorchSetup
{
#pragma warning disable CA2255 // A test assembly has no entry point of its own to do this in.
    [ModuleInitializer]
    internal static void Load()
    {
        TorchLoader.EnsureLoaded();
        torch.set_num_threads(1);
    }
#pragma warning restore CA2255
}
