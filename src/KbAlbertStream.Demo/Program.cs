using System.CommandLine;
using KbAlbertStream.Demo.Samples;

var root = new RootCommand("KbAlbertStream in one process.") { SamplesCommand.Build() };
return root.Parse(args).Invoke();
