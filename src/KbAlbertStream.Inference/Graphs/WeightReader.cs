namespace KbAlbertStream.Inference.Graphs;

/// <summary>Reads weights from their source, checks their sizes and brings them into the layout the graph wants.</summary>
internal sealed class WeightReader(WeightSource source)
{
    /// <summary>A weight as it is.</summary>
    public float[] Read(string name, int rows, int columns = 1)
    {
        var values = source(name);
        if (values.Length != rows * columns)
        {
            throw new ArgumentException(
                $"Weight {name} holds {values.Length} values, {rows} x {columns} are expected.", nameof(name));
        }

        return values.ToArray();
    }

    /// <summary>Linear weights (out, in), side by side as one matrix (in, sum of outs): what MatMul takes.</summary>
    public float[] ReadTransposed(int columns, params (string Name, int Rows)[] parts)
    {
        var width = parts.Sum(part => part.Rows);
        var joined = new float[columns * width];
        var left = 0;
        foreach (var (name, rows) in parts)
        {
            var part = Read(name, rows, columns);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    joined[(column * width) + left + row] = part[(row * columns) + column];
                }
            }

            left += rows;
        }

        return joined;
    }

    /// <summary>Vectors, one after the other.</summary>
    public float[] ReadJoined(int length, params string[] names) => [.. names.SelectMany(name => Read(name, length))];

    /// <summary>The position embedding with the embedding of token type 0 added: every token of a text has that type.</summary>
    public float[] ReadPositions(int positions, int width)
    {
        var rows = Read("albert.embeddings.position_embeddings.weight", positions, width);
        var types = source("albert.embeddings.token_type_embeddings.weight");
        if (types.Length < width)
        {
            throw new ArgumentException($"The token type embedding holds {types.Length} values, not {width} or more.");
        }

        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] += types[i % width];
        }

        return rows;
    }
}
