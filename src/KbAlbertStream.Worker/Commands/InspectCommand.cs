using System.CommandLine;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Configuration;
using ParseResult = System.CommandLine.ParseResult;

namespace KbAlbertStream.Worker.Commands;

/// <summary>
/// <c>inspect</c>: a dry run without Kafka and PostgreSQL. It reads messages from standard input, one JSON object a line,
/// and prints what the service would store for each, one JSON object a line.
/// </summary>
internal static class InspectCommand
{
    private static readonly Option<string> Kind = new("--kind")
    {
        Description = "What the messages are: news or complaint",
        HelpName = "news|complaint",
        Required = true,
    };

    private static readonly Option<DirectoryInfo?> Bundle = new("--bundle")
    {
        Description = "The model bundle (default: what the service is configured with)",
        HelpName = "DIR",
    };

    private static readonly Option<FileInfo?> Dictionary = new("--dictionary")
    {
        Description = "The dictionary of institutions (default: what the service is configured with)",
        HelpName = "FILE",
    };

    public static Command Build()
    {
        Kind.AcceptOnlyFromAmong("news", "complaint");
        var command = new Command("inspect", "Print what would be stored for messages on standard input")
        {
            Kind,
            Bundle,
            Dictionary,
        };
        command.SetAction((parsed, cancellationToken) => ExecuteAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configuration = ConfigurationSources.Build(
            parsed.GetValue(CommandLine.Config)?.FullName, parsed.GetValue(CommandLine.Set)!);
        _ = MessageKindNames.TryParse(parsed.GetValue(Kind), out var kind);
        using var scorer = Compose(
            configuration, parsed.GetValue(Bundle)?.FullName, parsed.GetValue(Dictionary)?.FullName);
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        await new Inspection(scorer.Value, kind, TimeProvider.System).RunAsync(input, output, cancellationToken)
            .ConfigureAwait(false);
        return (int)ExitCode.Done;
    }

    /// <summary>The service's own scorer, with what the command line says in place of the configuration.</summary>
    private static Owned<BatchScorer> Compose(IConfiguration configuration, string? bundle, string? dictionary)
    {
        var reader = new OptionsReader(configuration);
        var limits = reader.Read<MessageLimits>(WorkerSettings.MessagesSection);
        var institutions = reader.Read<InstitutionsOptions>(InstitutionsOptions.Section);
        var complaints = reader.Read<ComplaintsOptions>(ComplaintsOptions.Section);
        var encoder = reader.Read<EncoderOptions>(WorkerSettings.EncoderSection);
        var options = reader.Read<ModelOptions>(ModelOptions.Section);

        // A dry run works without the secret; then an identifier that holds personal data is masked, not hashed.
        var masking = configuration["Text:HashKey"] is null
            ? new MaskingOptions { DisabledRecognisers = configuration["Text:DisabledRecognisers"] ?? "" }
            : reader.Read<MaskingOptions>(MaskingOptions.Section);
        reader.ThrowIfWrong();
        options.Bundle = bundle ?? options.Bundle;
        var linker = new InstitutionLinker(DictionaryFiles.Load(dictionary ?? institutions.Dictionary));
        var preparer = new TextPreparer(masking.ToTextOptions());
        var model = ModelFiles.Load(options, encoder);
        var versions = new ScoreVersions(model.Version, model.LabelSet, preparer.Version, linker.DictionaryVersion);
        return new Owned<BatchScorer>(
            new BatchScorer(new MessageParser(limits), preparer, linker, model.Score, versions, complaints), model);
    }

    private sealed record Owned<T>(T Value, IDisposable Owner) : IDisposable
    {
        public void Dispose() => Owner.Dispose();
    }
}
