namespace KbAlbertStream.Core.Entities;

/// <summary>An institution that a text is about.</summary>
/// <param name="Id">Its id in the dictionary.</param>
/// <param name="Relevance">How much the text is about it, 0 to 100.</param>
public readonly record struct LinkedInstitution(string Id, int Relevance);
