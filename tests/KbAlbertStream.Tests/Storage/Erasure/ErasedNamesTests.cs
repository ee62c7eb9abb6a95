using KbAlbertStream.Storage.Erasure;

namespace KbAlbertStream.Tests.Storage.Erasure;

public sealed class ErasedNamesTests
{
    private readonly ErasedNames _names = new("a key for tests, not a secret");

    [Fact]
    public void One_reference_has_one_name_in_an_erasure_and_another_in_the_next()
    {
        Assert.Equal(_names.Of(1, "c-4711"), _names.Of(1, "c-4711"));
        Assert.NotEqual(_names.Of(1, "c-4711"), _names.Of(1, "c-4712"));
        Assert.NotEqual(_names.Of(1, "c-4711"), _names.Of(2, "c-4711"));
    }

    [Fact]
    public void Without_the_key_nobody_can_try_out_references()
    {
        var other = new ErasedNames("another key, as long as it");

        Assert.NotEqual(other.Of(1, "c-4711"), _names.Of(1, "c-4711"));
        Assert.NotEqual(other.Fingerprint("customer_ref", "c-4711"), _names.Fingerprint("customer_ref", "c-4711"));
    }

    [Fact]
    public void The_fingerprint_tells_the_kinds_of_reference_apart() => Assert.NotEqual(
        _names.Fingerprint("external_id", "c-4711"), _names.Fingerprint("customer_ref", "c-4711"));
}
