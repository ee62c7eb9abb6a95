namespace KbAlbertStream.Storage;

/// <summary>What to do about an exception of the database.</summary>
public enum DatabaseFault
{
    /// <summary>Another try of the same call may succeed, now or once someone has repaired the server: wait and retry.</summary>
    Transient,

    /// <summary>The server refuses the content of a row: find the row and leave it out.</summary>
    BadData,

    /// <summary>Neither: our own mistake. Waiting does not help.</summary>
    Bug,
}
