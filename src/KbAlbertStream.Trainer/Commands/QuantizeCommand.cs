using System.CommandLine;
using System.Globalization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Native;
using KbAlbertStream.Trainer.Promotion;

namespace KbAlbertStream.Trainer.Commands;

/// <summary>
/// <c>quantize</c>: writes a bundle's 8-bit form, when it gives the same labels and is faster on this machine, or its float16
/// form for CUDA. The new version is not the current one until somebody decides so.
/// </summary>
internal static class QuantizeCommand
{
    /// <summary>The least share of texts that keep all their labels.</summary>
    public const double LeastAgreement = 0.995;

    /// <summary>The least gain in tokens a second.</summary>
    public const double LeastGain = 1.05;

    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var data = CommonOptions.Data();
        var texts = CommonOptions.RealTexts();
        var version = new Option<string>("--version-name") { Description = "The new version's name.", Required = true };
        var threads = CommonOptions.Threads();
        var form = new Option<string>("--to")
        {
            Description = "int8, or float16 for CUDA.",
            DefaultValueFactory = _ => "int8",
        };
        form.AcceptOnlyFromAmong("int8", "float16");
        var withoutCuda = new Option<bool>("--without-cuda")
        {
            Description = "With --to float16: compute on the CPU, which cannot tell how CUDA's kernels compute. The model card says so.",
        };
        var command = new Command("quantize", "Write a bundle's 8-bit form, if it keeps the labels and is faster here, or its float16 form.")
        {
            bundle, data, texts, version, threads, form, withoutCuda,
        };
        command.SetAction(arguments =>
        {
            TorchLoader.EnsureLoaded();
            var opened = ModelBundle.Open(arguments.GetRequiredValue(bundle));
            using var verification = new BundleVerification(
                opened,
                RealTexts.Take(arguments.GetRequiredValue(data), arguments.GetValue(texts)),
                arguments.GetValue(threads));
            var target = (Path.GetDirectoryName(opened.Folder)!, arguments.GetRequiredValue(version));
            return arguments.GetRequiredValue(form) == "float16"
                ? HalfForm.Write(verification, target, arguments.GetValue(withoutCuda))
                : WriteIntegers(verification, target);
        });
        return command;
    }

    private static int WriteIntegers(BundleVerification verification, (string ModelFolder, string Version) target)
    {
        Console.Error.WriteLine(GraphAgreement.Header);
        var ways = verification.Compare().ToList();
        ways.ForEach(Console.Error.WriteLine);
        var (full, integers) = (ways[^2], ways[^1]);
        var gain = integers.TokensPerSecond / full.TokensPerSecond;
        if (integers.SameLabels < LeastAgreement || gain < LeastGain)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Refused: {integers.SameLabels:P2} of the texts keep their labels ({LeastAgreement:P1} are needed), at {gain:F2} times the speed ({LeastGain} are needed)."));
            return 1;
        }

        Console.WriteLine(verification.WriteAs(target.ModelFolder, target.Version, GraphPrecision.EightBit));
        return 0;
    }
}
