using System.Collections.Immutable;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>What reading a checkpoint found besides the weights that it was asked for; all of it is in order to go on.</summary>
/// <param name="Initialised">Weights that the files lack: they begin with random values (or zeros, or ones).</param>
/// <param name="Skipped">Entries of the files that the model has no use for.</param>
/// <param name="MissingFields">Fields that config.json lacks, with the values that were assumed.</param>
/// <param name="UnknownFields">Fields of config.json whose meaning is not known.</param>
public sealed record LoadReport(
    ImmutableArray<string> Initialised,
    ImmutableArray<string> Skipped,
    ImmutableArray<string> MissingFields,
    ImmutableArray<string> UnknownFields);
