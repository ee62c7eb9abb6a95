using System.Buffers.Binary;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>Sizes, names and conversion of the element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one value.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.F64 or ElementType.I64 => 8,
        ElementType.F32 or ElementType.I32 => 4,
        ElementType.F16 or ElementType.BF16 or ElementType.I16 => 2,
        _ => 1,
    };

    /// <summary>Whether a tensor of this type can be a weight.</summary>
    public static bool IsFloat(this ElementType type) => type <= ElementType.BF16;

    /// <summary>The type by its safetensors name, exactly as it is written there.</summary>
    public static ElementType? FromSafetensors(string? name) =>
        Enum.GetValues<ElementType>().Cast<ElementType?>().FirstOrDefault(type => type.ToString() == name);

    /// <summary>The type by the name of torch's storage class.</summary>
    public static ElementType? FromStorage(string name) => name switch
    {
        "DoubleStorage" => ElementType.F64,
        "FloatStorage" => ElementType.F32,
        "HalfStorage" => ElementType.F16,
        "BFloat16Storage" => ElementType.BF16,
        "LongStorage" => ElementType.I64,
        "IntStorage" => ElementType.I32,
        "ShortStorage" => ElementType.I16,
        "CharStorage" => ElementType.I8,
        "ByteStorage" => ElementType.U8,
        "BoolStorage" => ElementType.BOOL,
        _ => null,
    };

    /// <summary>Little-endian values as float32: float64 is rounded, the shorter ones are exact.</summary>
    public static void ToFloats(this ElementType type, ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = type.ToFloat(bytes[(i * type.Size())..]);
        }
    }

    /// <summary>The first value of <paramref name="bytes"/> as float32.</summary>
    public static float ToFloat(this ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ElementType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ElementType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ElementType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        _ => throw new InvalidOperationException($"{type} is no floating-point type"),
    };
}
