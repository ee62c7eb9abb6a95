namespace KbAlbertStream.Core.Entities;

/// <summary>Where a name of an institution is looked for.</summary>
public enum NameUse
{
    /// <summary>In texts and in the institution field of a complaint.</summary>
    Everywhere,

    /// <summary>In the institution field only: in a text it is too easily a common word.</summary>
    FieldOnly,
}
