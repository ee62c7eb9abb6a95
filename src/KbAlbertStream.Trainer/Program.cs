using System.CommandLine;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Commands;

var root = new RootCommand("Trains and exports KbAlbertStream's model bundles.")
{
    VocabCommand.Create(),
    PretrainCommand.Create(),
    TrainCommand.Create(),
    ExportCommand.Create(),
    ImportCommand.Create(),
    EvaluateCommand.Create(),
    VerifyCommand.Create(),
    QuantizeCommand.Create(),
    TokenizeCommand.Create(),
};
try
{
    return root.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception known) when (known is IOException or UnauthorizedAccessException or InvalidDataException
    or CheckpointException or TokenizerException or BundleException)
{
    // A file that is missing or not what it should be: the message says which, a stack trace would hide it.
    Console.Error.WriteLine(known.Message);
    return 1;
}
