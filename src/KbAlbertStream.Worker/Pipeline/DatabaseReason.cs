using System.Security.Authentication;
using Npgsql;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Why the database cannot be used, for an operator: in the server's words, or in those of the TLS layer.</summary>
internal static class DatabaseReason
{
    public static string Of(Exception fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PostgresException postgres:
                    return postgres.MessageText;
                case AuthenticationException:
                    return $"its certificate is not accepted: {e.Message}";
            }
        }

        return fault.Message;
    }
}
