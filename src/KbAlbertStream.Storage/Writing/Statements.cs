using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Statements of a batch that take their rows as arrays, one a column: the text is the same for any number.</summary>
internal static class Statements
{
    /// <summary>A statement with positional parameters.</summary>
    public static NpgsqlBatchCommand Create(string sql, params object[] columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = column });
        }

        return command;
    }

    /// <summary>
    /// A statement with one text[] parameter: string[] is an object[] too, and would be taken for the list of parameters.
    /// </summary>
    public static NpgsqlBatchCommand Create(string sql, string[] column) => Create(sql, new object[] { column });
}
