using System.CommandLine;
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
return root.Parse(args).Invoke();
