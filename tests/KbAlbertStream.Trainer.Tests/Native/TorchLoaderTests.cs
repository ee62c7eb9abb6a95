using System.Runtime.InteropServices;
using KbAlbertStream.Trainer.Native;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Native;

public sealed class TorchLoaderTests
{
    [Fact]
    public void After_loading_torch_computes_gradients()
    {
        TorchLoader.EnsureLoaded();
        using var x = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);

        using var y = (x * x).sum();
        y.backward();

        Assert.Equal([2f, 4f, 6f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void The_private_copy_loads_on_any_linux_and_differs_in_one_byte()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the version needs are a matter of Linux");
        TorchLoader.EnsureLoaded();
        var original = TorchLoader.FindLibrary()!;

        var copy = TorchLoader.PatchedCopy(original);

        NativeLibrary.Free(NativeLibrary.Load(copy));
        var changed = File.ReadAllBytes(original).Zip(File.ReadAllBytes(copy)).Count(pair => pair.First != pair.Second);
        Assert.Equal(1, changed);
    }

    [Fact]
    public void A_library_that_fails_for_another_reason_is_not_patched()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "no ELF");

            var error = Assert.Throws<DllNotFoundException>(() => TorchLoader.PatchedCopy(file));

            Assert.Contains(file, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
