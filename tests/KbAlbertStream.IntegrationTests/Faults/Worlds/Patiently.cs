using System.Diagnostics;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>Waits for recovery.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns once nothing is missing; throws with what is missing when that takes too long.</summary>
    public static async Task UntilAsync(Func<Task<string>> missing, TimeSpan patience)
    {
        var since = Stopwatch.StartNew();
        while (await missing() is { Length: > 0 } still)
        {
            if (since.Elapsed > patience)
            {
                throw new TimeoutException($"after {patience.TotalSeconds:0} s there is still missing: {still}");
            }

            await Task.Delay(Step, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
