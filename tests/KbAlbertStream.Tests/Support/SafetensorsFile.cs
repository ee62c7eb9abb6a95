using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace KbAlbertStream.Tests.Support;

/// <summary>The float32 tensors of a golden model: enough of the safetensors format for our own test data.</summary>
internal sealed class SafetensorsFile
{
    private readonly byte[] _file;
    private readonly int _start;
    private readonly JsonElement _header;

    public SafetensorsFile(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        _file = file;
        _start = 8 + length;
        _header = JsonDocument.Parse(file.AsMemory(8, length)).RootElement;
    }

    public ReadOnlySpan<float> Read(string name)
    {
        var tensor = _header.GetProperty(name);
        Assert.Equal("F32", tensor.GetProperty("dtype").GetString());
        var offsets = tensor.GetProperty("data_offsets");
        var bytes = _file.AsSpan((_start + offsets[0].GetInt32())..(_start + offsets[1].GetInt32()));
        return MemoryMarshal.Cast<byte, float>(bytes);
    }
}
