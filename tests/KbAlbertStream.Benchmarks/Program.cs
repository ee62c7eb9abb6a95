using System.Globalization;
using KbAlbertStream.Benchmarks.Spikes;

return args switch
{
    ["spikes"] => SpikeSimulation.Run(institutions: 40),
    ["spikes", var institutions] => SpikeSimulation.Run(int.Parse(institutions, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: KbAlbertStream.Benchmarks spikes [institutions a row, default 40]");
    return 2;
}
