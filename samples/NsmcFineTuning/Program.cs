using System.Globalization;
using System.IO.Compression;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Transformers;

// The fine-tuning that KB-ALBERT's own examples show: film reviews, negative or positive.
//   dotnet run -c Release --project samples/NsmcFineTuning -- MODEL_DIR NSMC_DIR [OUTPUT_DIR] [TRAINING_TEXTS] [EVALUATION_TEXTS]
if (args is not [var modelFolder, var dataFolder, ..])
{
    Console.Error.WriteLine("MODEL_DIR NSMC_DIR [OUTPUT_DIR] [TRAINING_TEXTS] [EVALUATION_TEXTS]");
    return 2;
}

var output = args.ElementAtOrDefault(2) ?? "artifacts/nsmc";
var trainingTexts = int.Parse(args.ElementAtOrDefault(3) ?? "2000", CultureInfo.InvariantCulture);
var evaluationTexts = int.Parse(args.ElementAtOrDefault(4) ?? "1000", CultureInfo.InvariantCulture);

var tokenizer = KbAlbertTokenizer.FromPretrained(modelFolder);
using var model = AlbertForSequenceClassification.FromPretrained(
    modelFolder, config => config with { Labels = ["negative", "positive"], ProblemType = "single_label_classification" }, seed: 1);

var arguments = new TrainingArguments
{
    OutputDir = output,
    NumTrainEpochs = 2,
    PerDeviceTrainBatchSize = 32,
    PerDeviceEvalBatchSize = 128,
    LearningRate = 5e-5,
    WarmupSteps = 10,
    WeightDecay = 0.01,
    LoggingSteps = 10,
    MaxLength = 128,
};

var trainer = new SequenceClassificationTrainer(
    model,
    arguments,
    tokenizer,
    trainDataset: Reviews("train").Take(trainingTexts),
    evalDataset: Reviews("test").Take(evaluationTexts),
    computeMetrics: (predictions, labels) => new Dictionary<string, double>
    {
        ["accuracy"] = predictions.Zip(labels).Average(pair => pair.First == pair.Second ? 1.0 : 0.0),
    });
trainer.Logged += (_, entry) => Console.WriteLine(
    $"step {entry.Step} (epoch {entry.Epoch:F2}): loss {entry.Loss:F4}, learning rate {entry.LearningRate:E1}");

trainer.Train();
var evaluation = trainer.Evaluate();
Console.WriteLine($"loss {evaluation.Loss:F4}, accuracy {evaluation.Metrics["accuracy"]:F4}");
trainer.SaveModel();

var pipeline = TextClassificationPipeline.FromPretrained(output);
using (pipeline.Model)
{
    var (label, score) = pipeline.Classify("역시 재밌네 ㅋㅋ 최고");
    Console.WriteLine($"{label} {score:F4}");
}

return 0;

// NSMC's rule: 1 to 4 of 10 is negative, 9 and 10 positive, the rest is left out.
IEnumerable<ClassificationExample> Reviews(string split)
{
    using var file = new StreamReader(
        new GZipStream(File.OpenRead(Path.Combine(dataFolder, $"{split}.tsv.gz")), CompressionMode.Decompress));
    file.ReadLine();
    while (file.ReadLine() is { } line)
    {
        var columns = line.Split('\t');
        var rating = int.Parse(columns[2], CultureInfo.InvariantCulture);
        if (rating is <= 4 or >= 9)
        {
            yield return new ClassificationExample(columns[3], rating >= 9 ? 1 : 0);
        }
    }
}
