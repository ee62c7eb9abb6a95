namespace KbAlbertStream.Storage.Retention;

/// <summary>Where a month stands between being read and being gone.</summary>
public enum EventMonthState
{
    /// <summary>A partition of <c>scored_events</c>.</summary>
    Attached,

    /// <summary>Being detached: the call that began it did not come to its end.</summary>
    Detaching,

    /// <summary>No partition any more; the table and what hangs on its rows is still there.</summary>
    Detached,
}
