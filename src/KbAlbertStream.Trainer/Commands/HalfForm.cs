using System.Globalization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Promotion;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>quantize --to float16</c>: writes the form for CUDA when CUDA computes it near enough to torch.</summary>
internal static class HalfForm
{
    /// <summary>What a logit may differ from torch.</summary>
    public const double Tolerance = 5e-3;

    /// <summary>Compares and writes; returns the exit code.</summary>
    /// <param name="verification">The bundle and the texts.</param>
    /// <param name="target">Where the new version goes.</param>
    /// <param name="withoutCuda">Whether the CPU computes instead, and the card says that CUDA was left out.</param>
    public static int Write(BundleVerification verification, (string ModelFolder, string Version) target, bool withoutCuda)
    {
        List<GraphAgreement> ways;
        try
        {
            ways = [.. verification.CompareHalf(withoutCuda ? ExecutionProvider.Cpu : ExecutionProvider.Cuda)];
        }
        catch (ProviderUnavailableException e)
        {
            Console.Error.WriteLine($"Refused: float16 is verified on CUDA. {e.Message} --without-cuda leaves that out, and the model card says so.");
            return 1;
        }
        catch (BundleException e)
        {
            Console.Error.WriteLine($"Refused: {e.Message}");
            return 1;
        }

        Console.Error.WriteLine(GraphAgreement.Header);
        ways.ForEach(Console.Error.WriteLine);
        var half = ways[^1];
        if (!(half.LargestDifference <= Tolerance) || half.SameLabels < QuantizeCommand.LeastAgreement)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Refused: a logit differs by {half.LargestDifference:E1} ({Tolerance} is allowed), {half.SameLabels:P2} of the texts keep their labels ({QuantizeCommand.LeastAgreement:P1} are needed)."));
            return 1;
        }

        Console.WriteLine(verification.WriteAs(target.ModelFolder, target.Version, GraphPrecision.Half, Remark(half, withoutCuda)));
        return 0;
    }

    private static string Remark(GraphAgreement half, bool withoutCuda) => string.Create(CultureInfo.InvariantCulture, $"""

        ## Float16

        This version computes its encoder in float16, for CUDA. Its figures above are the float32 version's. {(withoutCuda
            ? "**It was not verified on CUDA**: on the CPU, which computes most operators of it in float32,"
            : "On CUDA")} its logits are within {half.LargestDifference:E1} of torch's, and {half.SameLabels:P2} of the texts keep all their labels.

        """);
}
