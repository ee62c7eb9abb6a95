using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>A Hugging Face folder with weights by formula.</summary>
internal static class FormulaFolder
{
    /// <summary>A model that is small enough for a test and has every part that can differ.</summary>
    public const string SmallConfig = """
        {
          "architectures": ["AlbertForSequenceClassification"], "attention_probs_dropout_prob": 0.0,
          "classifier_dropout_prob": 0.1, "embedding_size": 8, "hidden_act": "gelu_new", "hidden_dropout_prob": 0.0,
          "hidden_size": 16, "id2label": {"0": "negative", "1": "neutral", "2": "positive"}, "inner_group_num": 2,
          "intermediate_size": 24, "label2id": {"negative": 0, "neutral": 1, "positive": 2}, "layer_norm_eps": 1e-12,
          "max_position_embeddings": 24, "model_type": "albert", "num_attention_heads": 4, "num_hidden_groups": 2,
          "num_hidden_layers": 3, "type_vocab_size": 2, "vocab_size": 40
        }
        """;

    /// <summary>Writes config.json and model.safetensors of an AlbertForSequenceClassification.</summary>
    public static void Write(string folder, string config = SmallConfig, double scale = 0.25)
    {
        using var model = Model(config, scale);
        model.SavePretrained(folder);
    }

    /// <summary>The same with a cased WordPiece tokenizer of the first Hangul syllables.</summary>
    public static void WriteWithTokenizer(string folder, string config = SmallConfig)
    {
        Write(folder, config);
        File.WriteAllLines(
            Path.Combine(folder, "vocab.txt"),
            ((string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
                .Concat(Enumerable.Range(0, 35).Select(i => ((char)('가' + i)).ToString())));
        File.WriteAllText(
            Path.Combine(folder, "tokenizer_config.json"), """{"tokenizer_class":"BertTokenizer","do_lower_case":false}""");
    }

    /// <summary>Writes config.json and model.safetensors of an AlbertForPreTraining.</summary>
    public static void WritePretraining(string folder, string config = SmallConfig, double scale = 0.25)
    {
        using var model = new AlbertForPreTraining(Parse(config), new WeightSet(ScalarType.Float32, seed: 1));
        FormulaWeights.Fill(model.Weights, scale);
        model.SavePretrained(folder);
    }

    /// <summary>The model that <see cref="Write"/> writes.</summary>
    public static AlbertForSequenceClassification Model(string config = SmallConfig, double scale = 0.25)
    {
        var model = new AlbertForSequenceClassification(Parse(config), new WeightSet(ScalarType.Float32, seed: 1));
        FormulaWeights.Fill(model.Weights, scale);
        return model;
    }

    private static AlbertConfig Parse(string config) =>
        AlbertConfigReader.Parse("config.json", System.Text.Encoding.UTF8.GetBytes(config));
}
