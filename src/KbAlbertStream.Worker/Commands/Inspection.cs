using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Worker.Commands;

/// <summary>
/// Scores lines as the service scores records, and prints one line for each, in order. Lines that are there together are
/// scored together; a line typed by hand is answered at once.
/// </summary>
internal sealed class Inspection(BatchScorer scorer, MessageKind kind, TimeProvider time)
{
    private const int MostAtOnce = 256;
    private const string Topic = "stdin";

    private long _lines;

    /// <summary>Reads to the end of the input.</summary>
    public async Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        var writer = PipeWriter.Create(output);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            var lines = TakeLines(ref buffer, read.IsCompleted);
            reader.AdvanceTo(buffer.Start, buffer.End);
            foreach (var chunk in lines.Chunk(MostAtOnce))
            {
                Print(chunk, writer);
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            if (read.IsCompleted)
            {
                break;
            }
        }

        await writer.CompleteAsync().ConfigureAwait(false);
        await reader.CompleteAsync().ConfigureAwait(false);
    }

    private static List<byte[]> TakeLines(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        var lines = new List<byte[]>();
        var rest = new SequenceReader<byte>(buffer);
        while (rest.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
        {
            lines.Add(line.ToArray());
        }

        if (isLast && !rest.End)
        {
            lines.Add(rest.UnreadSequence.ToArray());
            rest.AdvanceToEnd();
        }

        buffer = buffer.Slice(rest.Position);
        return lines;
    }

    private void Print(byte[][] lines, PipeWriter writer)
    {
        var now = time.GetUtcNow();
        var records = lines.Select(line => new SourceRecord(
            new RecordPosition(kind, now, Topic, 0, ++_lines), null, WithoutCarriageReturn(line))).ToImmutableArray();
        var scored = scorer.Score(new RecordBatch(records, [], CutReason.Count));
        var events = scored.Events.ToDictionary(item => item.Position.Offset);
        var withdrawals = scored.Withdrawals.ToDictionary(item => item.Position.Offset);
        var rejects = scored.Rejects.ToDictionary(item => item.DeadLetter.Position.Offset);
        foreach (var line in records.Select(record => record.Position.Offset))
        {
            if (events.TryGetValue(line, out var found))
            {
                InspectionLine.Write(writer, line, found);
            }
            else if (withdrawals.TryGetValue(line, out var withdrawal))
            {
                InspectionLine.Write(writer, line, withdrawal);
            }
            else
            {
                InspectionLine.Write(writer, line, rejects[line].DeadLetter);
            }
        }
    }

    private static byte[] WithoutCarriageReturn(byte[] line) => line is [.., (byte)'\r'] ? line[..^1] : line;
}
