using System.CommandLine;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary><c>dead-letters</c>: look at the records that could not become rows, and give them another try.</summary>
internal static class DeadLettersCommand
{
    public static Command Build() =>
        new("dead-letters", "Look at records that could not become rows, and replay them")
        {
            ListCommand.Build(),
            ShowCommand.Build(),
            ReplayCommand.Build(),
        };
}
