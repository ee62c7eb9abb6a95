using System.CommandLine;

namespace KbAlbertStream.Worker.Commands;

/// <summary>Asks before a verb does what cannot be undone.</summary>
internal static class Confirmation
{
    /// <summary>Says yes beforehand.</summary>
    public static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask" };

    /// <summary>
    /// True when the user says yes, or said so beforehand. Without a terminal to ask at the answer is no, and what to do
    /// is said on standard error.
    /// </summary>
    public static async Task<bool> IsGivenAsync(ParseResult parsed, string question, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Yes))
        {
            return true;
        }

        var error = parsed.InvocationConfiguration.Error;
        if (Console.IsInputRedirected)
        {
            await error.WriteLineAsync($"{question} Nothing was done: say --yes.").ConfigureAwait(false);
            return false;
        }

        await error.WriteAsync($"{question} [y/N] ").ConfigureAwait(false);
        await error.FlushAsync(cancellationToken).ConfigureAwait(false);
        var answer = await Console.In.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        return answer?.Trim() is "y" or "Y" or "yes" or "YES";
    }
}
