using Microsoft.Win32.SafeHandles;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>An open file of which any part can be read; a part beyond its end is an error that names the file.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly SafeFileHandle _handle;

    public FileBytes(string path)
    {
        Path = path;
        _handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        Length = RandomAccess.GetLength(_handle);
    }

    /// <summary>Where it lies: every error begins with it.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Fills <paramref name="bytes"/> from <paramref name="position"/> on.</summary>
    public void Read(long position, Span<byte> bytes)
    {
        Demand(position, bytes.Length, "the part that is read");
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_handle, bytes, position);
            if (read == 0)
            {
                throw Error("the file became shorter while it was read");
            }

            position += read;
            bytes = bytes[read..];
        }
    }

    /// <summary>A part of the file in an array; its length is checked against the file before the array is made.</summary>
    public byte[] Read(long position, long length, string what)
    {
        Demand(position, length, what);
        if (length > Array.MaxLength)
        {
            throw Error($"{what} has {length} bytes");
        }

        var bytes = new byte[length];
        Read(position, bytes);
        return bytes;
    }

    /// <summary>Throws unless that part lies inside the file.</summary>
    public void Demand(long position, long length, string what)
    {
        if (position < 0 || length < 0 || length > Length || position > Length - length)
        {
            throw Error($"{what} (bytes {position} to {(Int128)position + length}) is not inside the file's {Length} bytes");
        }
    }

    /// <summary>An error of this file.</summary>
    public CheckpointException Error(string reason) => new(Path, reason);

    public void Dispose() => _handle.Dispose();
}
