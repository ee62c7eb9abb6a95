using KbAlbertStream.IntegrationTests.Faults.Worlds;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>
/// The wall clock of the only worker, in this process, jumps forward by an hour and then back by an hour (or the other
/// way round) while it works.
/// </summary>
internal sealed class JumpedClock : IFault
{
    public string Name => "clock-jumped";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        await world.Fleet.ScaleAsync(0);
        var (clock, scorer) = (new JumpingTime(), world.Model.Scorer);
        var hour = TimeSpan.FromHours(random.Next(2) == 0 ? 1 : -1);
        await using (var worker = await TestWorker.StartAsync(
            world.Settings(world.Database.WorkerConnectionString),
            new LoadedModel(scorer.Score, scorer.Manifest.Id, scorer.Manifest.LabelSetVersion, () => scorer.Totals, null),
            services => services.AddSingleton<TimeProvider>(clock)))
        {
            await world.PassesAsync(world.Load.Ledger.Ends());
            foreach (var jump in new[] { hour, -hour })
            {
                await Moments.SomeRecordsAsync(world, random, 60);
                clock.Jump(jump);
                await world.PassesAsync(world.Load.Ledger.Ends());
            }

            Assert.Equal(ExitCode.Done, await worker.StopAsync());
        }

        await world.Fleet.ScaleAsync(world.Options.Workers);
    }
}
