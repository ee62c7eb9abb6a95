using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Tests.Worker.Ingestion;

public sealed class BatchExchangeTests
{
    [Fact]
    public async Task A_batch_is_wanted_from_when_the_pipeline_has_nothing_to_do_until_one_is_offered()
    {
        using var exchange = new BatchExchange();
        Assert.False(exchange.IsWanted);

        exchange.Want();
        Assert.True(exchange.IsWanted);

        Assert.True(exchange.TryOffer(new RecordBatch([], [], CutReason.Drained)));
        Assert.False(exchange.IsWanted);

        await exchange.Batches.ReadAsync(TestContext.Current.CancellationToken);
        exchange.Taken();
        Assert.True(exchange.CanOffer);
        Assert.False(exchange.IsWanted);
    }
}
