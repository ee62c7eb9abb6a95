using System.CommandLine;
using KbAlbertStream.Core.Tokenization;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Data() => new("--data")
    {
        Description = "Folder with nsmc/, text/ and risk/.",
        DefaultValueFactory = _ => "../shared/data",
    };

    public static Option<string> Output(string description) => new("--out") { Description = description, Required = true };

    public static Option<string> Vocabulary() =>
        new("--vocab") { Description = "The vocabulary file.", Required = true };

    public static Option<TokenizerKind?> Tokenizer()
    {
        var names = TokenizerKinds.Names;
        var option = new Option<TokenizerKind?>("--tokenizer")
        {
            Description = $"{string.Join(" or ", names.Select(named => named.Name))}, for a Hugging Face folder whose files do not tell.",
            CustomParser = result => names.First(named => named.Name == result.Tokens[0].Value).Value,
        };
        return option.AcceptOnlyFromAmong([.. names.Select(named => named.Name)]);
    }

    public static Option<string> Bundle() => new("--bundle")
    {
        Description = "A model's folder or a version's.",
        DefaultValueFactory = _ => "models/demo",
    };

    public static Option<int> RealTexts() => new("--texts")
    {
        Description = "How many real texts to compare on.",
        DefaultValueFactory = _ => 5000,
    };

    public static Option<long> Seed() => new("--seed") { Description = "Seed of all randomness.", DefaultValueFactory = _ => 1 };

    public static Option<int> Threads() => new("--threads") { Description = "Threads.", DefaultValueFactory = _ => 1 };

    public static Option<ScalarType> Precision()
    {
        var option = new Option<ScalarType>("--precision")
        {
            Description = "float32, or bfloat16 for the products (faster on CPUs that have it).",
            CustomParser = result => result.Tokens[0].Value == "bfloat16" ? ScalarType.BFloat16 : ScalarType.Float32,
            DefaultValueFactory = _ => ScalarType.Float32,
        };
        return option.AcceptOnlyFromAmong("float32", "bfloat16");
    }
}
