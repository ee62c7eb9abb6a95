using KbAlbertStream.Trainer.Tests.Support;
using KbAlbertStream.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Training;

public sealed class HeadLossTests
{
    [Fact]
    public void Texts_without_labels_add_nothing_to_the_loss_and_get_no_gradient()
    {
        var shape = GoldenTraining.Head("reputation", 3, multiLabel: true);
        using var logits = randn(3, 3);
        logits.requires_grad = true;

        using var loss = HeadLoss.Of(shape, logits, HeadTargets.Of([[1f, 0f, 0f], null, [0f, 0f, 1f]]))!;
        loss.backward();

        using var alone = HeadLoss.Of(shape, stack([logits[0], logits[2]]), HeadTargets.Of([[1f, 0f, 0f], [0f, 0f, 1f]]))!;
        Assert.Equal(alone.ToSingle(), loss.ToSingle(), 1e-6f);
        Assert.Equal([0f, 0f, 0f], logits.grad![1].data<float>().ToArray());
        Assert.NotEqual(0f, logits.grad![0].abs().sum().ToSingle());
    }

    [Fact]
    public void A_batch_without_any_label_has_no_loss() =>
        Assert.Null(HeadLoss.Of(GoldenTraining.Head("sentiment", 3, multiLabel: false), zeros(2, 3), HeadTargets.Of([null, null])));
}
