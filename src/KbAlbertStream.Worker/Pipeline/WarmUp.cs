using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Takes invented records through everything that a batch goes through, before the first real one: otherwise that one
/// waits while code is compiled and the connection is made. Nothing stays in the database, and no metric sees it.
/// </summary>
/// <param name="scorer">A scorer that counts nothing.</param>
/// <param name="rehearse">Writes a batch and takes it back.</param>
/// <param name="time">Tells the month of the invented records.</param>
/// <param name="logger">Told why it was skipped.</param>
internal sealed class WarmUp(BatchScorer scorer, RehearseWrite rehearse, TimeProvider time, ILogger<WarmUp> logger)
{
    // The second time a statement is seen it is prepared; the third runs as all later ones do.
    private const int Rounds = 3;
    private const int Records = 8;

    /// <summary>Runs it. A database that is away or refuses is left to the first real batch, which can wait for it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new RecordBatch([.. Enumerable.Range(0, Records).Select(Record)], [], CutReason.Drained);
        for (var round = 0; round < Rounds; round++)
        {
            var scored = await Task.Run(() => scorer.Score(batch), cancellationToken).ConfigureAwait(false);
            try
            {
                await rehearse(new EventBatch(scored.Events, [], []), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                PipelineLog.WarmUpSkipped(logger, Retries.CodeOf(fault));
                return;
            }
        }
    }

    // Of both kinds, with a number to mask, and with words that the model finds negative, so that counting runs too.
    private SourceRecord Record(int number)
    {
        var kind = number % 2 == 0 ? MessageKind.News : MessageKind.Complaint;
        var at = time.GetUtcNow();
        var when = at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var text = $"KB국민은행 직원이 고객 예금 {number + 2}억원을 빼돌려 구속됐다. 제보 010-1234-5678.";
        var json = kind == MessageKind.News
            ? $$"""{"id":"warm-up-{{number}}","publisher":"warm-up","title":"{{text}}","body":"{{text}}","published_at":"{{when}}"}"""
            : $$"""{"id":"warm-up-{{number}}","channel":"app","institution":"kb_bank","text":"{{text}}","received_at":"{{when}}"}""";
        return new SourceRecord(new RecordPosition(kind, at, "warm-up", 0, number), null, Encoding.UTF8.GetBytes(json));
    }
}
