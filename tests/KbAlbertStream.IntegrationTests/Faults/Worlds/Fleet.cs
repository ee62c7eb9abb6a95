namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>The workers of a world: real processes of one consumer group, as many as a fault wants.</summary>
internal sealed class Fleet(IReadOnlyDictionary<string, string?> settings, string logFolder) : IAsyncDisposable
{
    private readonly List<SupervisedWorker> _workers = [];
    private int _restartsOfGone;

    public IReadOnlyList<SupervisedWorker> Workers => _workers;

    /// <summary>How often processes ended and were started again.</summary>
    public int Restarts => _restartsOfGone + _workers.Sum(worker => worker.Restarts);

    /// <summary>Starts or stops workers (SIGTERM, the oldest first) until there are so many.</summary>
    public async Task ScaleAsync(int count)
    {
        while (_workers.Count < count)
        {
            _workers.Add(new SupervisedWorker(settings, logFolder));
        }

        while (_workers.Count > count)
        {
            var worker = _workers[0];
            _workers.RemoveAt(0);
            var code = await worker.StopAsync();
            _restartsOfGone += worker.Restarts;
            await worker.DisposeAsync();

            // In order, cut short, or by the signal itself: then it had not got as far as to listen for it.
            Assert.True(code is 0 or 7 or 143, $"a worker that was asked to stop ended with {code}; see {logFolder}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }
}
