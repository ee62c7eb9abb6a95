namespace KbAlbertStream.Inference.Bundles;

/// <summary>Finds the version of a model that is in use, and changes it.</summary>
public static class BundleLocator
{
    /// <summary>
    /// The version folder that a path means: the path itself when it holds a manifest; else, for a model's folder, the
    /// version that its file <c>current</c> names.
    /// </summary>
    /// <exception cref="BundleException">It is neither.</exception>
    public static string Resolve(string path)
    {
        if (File.Exists(Path.Combine(path, BundleNames.Manifest)))
        {
            return path;
        }

        var current = Path.Combine(path, BundleNames.Current);
        if (!File.Exists(current))
        {
            throw new BundleException(
                $"{path} is no model bundle: it holds neither {BundleNames.Manifest} nor {BundleNames.Current}.");
        }

        var version = File.ReadAllText(current).TrimEnd('\r', '\n');
        var folder = Path.Combine(path, version);
        if (!BundleNames.IsValid(version) || !File.Exists(Path.Combine(folder, BundleNames.Manifest)))
        {
            throw new BundleException($"{current} names the version '{version}', which is not there.");
        }

        return folder;
    }

    /// <summary>Makes a version the one in use. Readers see the old name or the new one, never half of it.</summary>
    /// <param name="modelFolder">The folder of all versions.</param>
    /// <param name="version">A version that is complete.</param>
    public static void MakeCurrent(string modelFolder, string version)
    {
        var next = Path.Combine(modelFolder, $".{BundleNames.Current}.{Guid.NewGuid():N}");
        File.WriteAllText(next, version + "\n");
        File.Move(next, Path.Combine(modelFolder, BundleNames.Current), overwrite: true);
    }
}
