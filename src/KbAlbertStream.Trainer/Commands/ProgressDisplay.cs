using Spectre.Console;

namespace KbAlbertStream.Trainer.Commands;

/// <summary>Shows how far a training is: a bar in a terminal, a plain line now and then anywhere else.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(20);

    private static bool IsTerminal => AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Interactive;

    /// <summary>Runs <paramref name="work"/>, which reports the part that is done (0 to 1) and what there is to say.</summary>
    public static void Run(string name, TimeProvider time, Action<Action<double, string>> work)
    {
        if (IsTerminal)
        {
            AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    var task = context.AddTask(name, maxValue: 1);
                    work((done, words) =>
                    {
                        task.Value = done;
                        task.Description = Markup.Escape($"{name} {words}");
                    });
                });
            return;
        }

        var lines = new PlainProgress(Console.Out, time, LineEvery);
        work((done, words) => lines.Report(name, done, words));
    }

    /// <summary>Writes a line that stays, above the bar when there is one.</summary>
    public static void Say(string line)
    {
        if (IsTerminal)
        {
            AnsiConsole.WriteLine(line);
        }
        else
        {
            // Spectre breaks lines at 80 columns where it sees no terminal.
            Console.WriteLine(line);
        }
    }
}
