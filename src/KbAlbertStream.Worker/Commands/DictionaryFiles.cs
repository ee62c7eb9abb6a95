using KbAlbertStream.Core.Entities;

namespace KbAlbertStream.Worker.Commands;

/// <summary>Finds and reads the dictionary of institutions.</summary>
internal static class DictionaryFiles
{
    /// <summary>Reads a file; without one the dictionary that ships with the program.</summary>
    /// <exception cref="UnusableFileException">It cannot be read or is no valid dictionary.</exception>
    public static InstitutionDictionary Load(string? path)
    {
        var file = string.IsNullOrWhiteSpace(path) ? InstitutionDictionary.ShippedPath : Path.GetFullPath(path);
        try
        {
            return InstitutionDictionary.Load(file);
        }
        catch (Exception fault) when (
            fault is InvalidDictionaryException or IOException or UnauthorizedAccessException)
        {
            throw new UnusableFileException($"The dictionary {file} cannot be used: {fault.Message}");
        }
    }
}
