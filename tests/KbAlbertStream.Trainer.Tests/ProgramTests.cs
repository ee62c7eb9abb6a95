using System.Diagnostics;

namespace KbAlbertStream.Trainer.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("/nowhere/risk/labels.json", "train", "--data", "/nowhere", "--vocab", "VOCAB", "--out", "/nowhere/out")]
    [InlineData("/nowhere/vocab.txt", "train", "--vocab", "/nowhere/vocab.txt", "--out", "/nowhere/out")]
    [InlineData("/nowhere is no model bundle", "evaluate", "--bundle", "/nowhere")]
    public async Task A_missing_file_is_one_line_that_names_it_and_no_stack_trace(string expected, params string[] arguments)
    {
        var vocabulary = Path.GetTempFileName();
        await File.WriteAllTextAsync(vocabulary, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n", TestContext.Current.CancellationToken);
        using var program = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "KbAlbertStream.Trainer.dll"), .. arguments.Select(a => a == "VOCAB" ? vocabulary : a)])
        {
            RedirectStandardError = true,
        })!;

        var said = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.Delete(vocabulary);

        Assert.Equal(1, program.ExitCode);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
