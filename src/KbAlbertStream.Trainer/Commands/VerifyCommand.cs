using System.CommandLine;
using System.Globalization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Native;
using KbAlbertStream.Trainer.Promotion;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>verify</c>: computes a bundle's network in every way there is and compares.</summary>
internal static class VerifyCommand
{
    /// <summary>What float32 may differ from torch.</summary>
    public const double Tolerance = 2e-5;

    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var data = CommonOptions.Data();
        var texts = CommonOptions.RealTexts();
        var threads = CommonOptions.Threads();
        var command = new Command("verify", "Compare torch, the padded graph, the worker's graph and its 8-bit form on real texts.")
        {
            bundle, data, texts, threads,
        };
        command.SetAction(arguments =>
        {
            TorchLoader.EnsureLoaded();
            TorchSharp.torch.set_num_threads(arguments.GetValue(threads));
            using var verification = new BundleVerification(
                ModelBundle.Open(arguments.GetRequiredValue(bundle)),
                RealTexts.Take(arguments.GetRequiredValue(data), arguments.GetValue(texts)),
                arguments.GetValue(threads));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{verification.Texts:N0} texts, {verification.Tokens:N0} tokens, {arguments.GetValue(threads)} threads\n\n{GraphAgreement.Header}"));
            var wrong = false;
            foreach (var way in verification.Compare())
            {
                Console.WriteLine(way);
                wrong |= !way.Way.Contains("8-bit", StringComparison.Ordinal) && !(way.LargestDifference <= Tolerance);
            }

            return wrong ? 1 : 0;
        });
        return command;
    }
}
