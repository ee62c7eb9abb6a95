using System.Diagnostics;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Waits for what servers and other threads do in their own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns the value once it is as expected; fails with the last one after a minute.</summary>
    public static async Task<T> IsAsync<T>(Func<Task<T>> read, Func<T, bool> expected, string what)
    {
        var since = Stopwatch.StartNew();
        var value = await read();
        while (!expected(value))
        {
            Assert.True(since.Elapsed < Patience, $"{what}: still {value} after {Patience.TotalSeconds} s");
            await Task.Delay(Step, TimeProvider.System, TestContext.Current.CancellationToken);
            value = await read();
        }

        return value;
    }

    /// <summary>Returns once the value is the expected one.</summary>
    public static Task IsAsync<T>(Func<Task<T>> read, T expected, string what) =>
        IsAsync(read, value => EqualityComparer<T>.Default.Equals(value, expected), what);

    /// <summary>Returns once it is true.</summary>
    public static Task IsTrueAsync(Func<bool> read, string what) =>
        IsAsync(() => Task.FromResult(read()), true, what);
}
