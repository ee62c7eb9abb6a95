using KbAlbertStream.Trainer.Native;

namespace KbAlbertStream.Trainer.Tests.Native;

public sealed class VersionNeedsTests
{
    [Fact]
    public void A_version_that_the_library_does_not_need_changes_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is an ELF file on Linux");
        var library = File.ReadAllBytes(TorchLoader.FindLibrary()!);
        var before = library.ToArray();

        Assert.False(VersionNeeds.TryMarkWeak(library, "GLIBCXX_9.9.99"));

        Assert.True(library.AsSpan().SequenceEqual(before));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#!/bin/sh")]
    public void What_is_no_64_bit_ELF_file_is_left_alone(string content) =>
        Assert.False(VersionNeeds.TryMarkWeak(System.Text.Encoding.ASCII.GetBytes(content), "GLIBCXX_3.4.32"));
}
