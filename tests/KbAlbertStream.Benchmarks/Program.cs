using System.Globalization;
using KbAlbertStream.Benchmarks.Spikes;
using KbAlbertStream.Benchmarks.Storage;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Tests.Support;

switch (args)
{
    case ["formula-bundle", var modelFolder]:
        // A bundle whose weights come from a formula, to run the pipeline before anything is trained.
        Console.WriteLine(BundleWriter.Write(modelFolder, FormulaBundle.Draft(Path.GetFileName(modelFolder))));
        BundleLocator.MakeCurrent(modelFolder, "formula");
        return 0;
    case ["spikes"]:
        // The table of docs/detector.md.
        return SpikeSimulation.Run(institutions: 40);
    case ["spikes", var institutions]:
        return SpikeSimulation.Run(int.Parse(institutions, CultureInfo.InvariantCulture));
    case ["write"]:
        return await WriteSpeed.RunAsync(connectionString: null);
    case ["write", var connectionString]:
        return await WriteSpeed.RunAsync(connectionString);
    default:
        Console.Error.WriteLine(
            "usage: formula-bundle MODEL-FOLDER | spikes [INSTITUTIONS A ROW] | write [CONNECTION-STRING]");
        return 2;
}
