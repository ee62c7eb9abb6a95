using System.Buffers;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>Where a tensor lies in a file and how its values are laid out; nothing is read until it is asked for.</summary>
/// <remarks>
/// The value at index (i, j, ...) is element <c>offset + i * strides[0] + j * strides[1] + ...</c> of a storage that
/// begins at a byte of the file. Every such element lies inside the storage, and the storage inside the file: that is
/// checked when the object is made, before anything is allocated.
/// </remarks>
internal sealed class StoredTensor
{
    private const int MostDimensions = 8;
    private const int ChunkBytes = 1 << 16;
    private readonly FileBytes _file;
    private readonly long _first;
    private readonly long[] _strides;

    private StoredTensor(FileBytes file, ElementType type, long first, long[] shape, long[] strides, long count)
    {
        (_file, Type, _first, Shape, _strides, Count) = (file, type, first, shape, strides, count);
    }

    /// <summary>How the values are written.</summary>
    public ElementType Type { get; }

    /// <summary>The sizes.</summary>
    public long[] Shape { get; }

    /// <summary>The product of the sizes.</summary>
    public long Count { get; }

    /// <summary>A view of a storage.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The tensor's name, for errors.</param>
    /// <param name="type">How the values are written.</param>
    /// <param name="storage">First byte of the storage.</param>
    /// <param name="storageCount">Values that the storage holds.</param>
    /// <param name="offset">The first value's place in the storage.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="strides">Values from one index to the next, a dimension each.</param>
    public static StoredTensor View(
        FileBytes file,
        string name,
        ElementType type,
        long storage,
        long storageCount,
        long offset,
        long[] shape,
        long[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > MostDimensions)
        {
            throw file.Error($"{name} has {shape.Length} sizes and {strides.Length} strides");
        }

        if (storageCount < 0 || storageCount > file.Length)
        {
            throw file.Error($"{name} has a storage of {storageCount} values, more than the file has bytes");
        }

        if (offset < 0 || shape.Any(size => size < 0) || strides.Any(stride => stride < 0))
        {
            throw file.Error($"{name} has a negative size, stride or offset");
        }

        Int128 count = 1, last = offset;
        for (var i = 0; i < shape.Length; i++)
        {
            count *= shape[i];
            last += (Int128)Math.Max(0, shape[i] - 1) * strides[i];

            // A size of zero further on would hide an absurd one; and 128 bits hold one more product only.
            if (count > storageCount || last > long.MaxValue)
            {
                break;
            }
        }

        if (count > storageCount || (count > 0 && last >= storageCount))
        {
            throw file.Error(
                $"{name} is [{string.Join(',', shape)}] from place {offset} on, but its storage holds {storageCount} values");
        }

        file.Demand(storage, storageCount * type.Size(), name);
        return new StoredTensor(file, type, storage + (offset * type.Size()), shape, strides, (long)count);
    }

    /// <summary>A tensor whose values lie one after the other, the last index fastest.</summary>
    public static StoredTensor Whole(
        FileBytes file, string name, ElementType type, long position, long count, long[] shape) =>
        View(file, name, type, position, count, 0, shape, RowMajor(shape));

    /// <summary>The values as a float32 tensor that the caller owns.</summary>
    public Tensor ToTensor()
    {
        if (Count > Array.MaxLength / sizeof(float))
        {
            throw _file.Error($"a tensor of {Count} values is larger than 2 GB");
        }

        var tensor = empty(Shape, ScalarType.Float32);
        try
        {
            Read(MemoryMarshal.Cast<byte, float>(tensor.bytes));
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>The values in row-major order as float32.</summary>
    /// <param name="floats">As many as <see cref="Count"/>.</param>
    public void Read(Span<float> floats)
    {
        if (Count == 0)
        {
            return;
        }

        if (IsRowMajor())
        {
            ReadRun(floats);
        }
        else
        {
            Gather(floats);
        }
    }

    private static long[] RowMajor(long[] shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;

            // Wraps for absurd sizes only, which View refuses by their product.
            stride = unchecked(stride * Math.Max(1, shape[i])) & long.MaxValue;
        }

        return strides;
    }

    private bool IsRowMajor() =>
        Shape.Zip(_strides).Zip(RowMajor(Shape)).All(x => x.First.First == 1 || x.First.Second == x.Second);

    private void ReadRun(Span<float> floats)
    {
        var size = Type.Size();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        for (var done = 0; done < floats.Length;)
        {
            var count = Math.Min(ChunkBytes / size, floats.Length - done);
            var bytes = chunk.AsSpan(0, count * size);
            _file.Read(_first + ((long)done * size), bytes);
            Type.ToFloats(bytes, floats.Slice(done, count));
            done += count;
        }

        ArrayPool<byte>.Shared.Return(chunk);
    }

    private void Gather(Span<float> floats)
    {
        var span = Shape.Zip(_strides).Sum(pair => (pair.First - 1) * pair.Second) + 1;
        var bytes = _file.Read(_first, span * Type.Size(), "a tensor");
        var index = new long[Shape.Length];
        var place = 0L;
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = Type.ToFloat(bytes.AsSpan((int)(place * Type.Size())));
            for (var d = Shape.Length - 1; d >= 0; d--)
            {
                place += _strides[d];
                if (++index[d] < Shape[d])
                {
                    break;
                }

                place -= _strides[d] * Shape[d];
                index[d] = 0;
            }
        }
    }
}
