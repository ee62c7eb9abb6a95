using KbAlbertStream.Benchmarks;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Tests.Support;

switch (args)
{
    case ["formula-bundle", var modelFolder]:
        // A bundle whose weights come from a formula, to run the pipeline before anything is trained.
        Console.WriteLine(BundleWriter.Write(modelFolder, FormulaBundle.Draft(Path.GetFileName(modelFolder))));
        BundleLocator.MakeCurrent(modelFolder, "formula");
        return 0;
    case ["write", .. var rest]:
        await WriteSpeed.RunAsync(rest.FirstOrDefault());
        return 0;
    default:
        Console.Error.WriteLine("usage: formula-bundle MODEL-FOLDER | write [CONNECTION-STRING]");
        return 2;
}
