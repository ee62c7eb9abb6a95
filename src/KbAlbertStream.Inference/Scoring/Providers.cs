using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>Adds the execution provider that the user wants to the options of a session.</summary>
internal static partial class Providers
{
    private const string Cuda = "CUDAExecutionProvider";

    /// <summary>Adds CUDA when it is wanted and can be had. Returns what the session will run on.</summary>
    /// <exception cref="ProviderUnavailableException">CUDA is demanded and cannot be had.</exception>
    public static ExecutionProvider Append(SessionOptions session, EncoderOptions options, ILogger logger)
    {
        if (options.Provider == ExecutionProvider.Cpu)
        {
            return ExecutionProvider.Cpu;
        }

        try
        {
            AppendCuda(session, options.Device);
            return ExecutionProvider.Cuda;
        }
        catch (ProviderUnavailableException e) when (options.Provider == ExecutionProvider.Auto)
        {
            FellBack(logger, e.Message);
            return ExecutionProvider.Cpu;
        }
    }

    private static void AppendCuda(SessionOptions session, int device)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(Cuda))
        {
            throw new ProviderUnavailableException(
                "CUDA cannot be had: this build carries the CPU runtime only. Build with -p:Gpu=true.");
        }

        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(new Dictionary<string, string>
            {
                ["device_id"] = $"{device}",
                ["arena_extend_strategy"] = "kSameAsRequested", // shapes change with every batch
                ["use_tf32"] = "0", // its 10 bits of mantissa would fail the golden check
            });
            session.AppendExecutionProvider_CUDA(cuda);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ProviderUnavailableException($"CUDA cannot be had: {e.Message}", e);
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "Scoring on the CPU. {Reason}")]
    private static partial void FellBack(ILogger logger, string reason);
}
