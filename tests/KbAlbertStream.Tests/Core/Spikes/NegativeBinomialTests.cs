using System.Globalization;
using CsCheck;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class NegativeBinomialTests
{
    private static readonly Gen<double> Mean = Gen.Double[0.001, 60];
    private static readonly Gen<double> Dispersion = Gen.Frequency((1, Gen.Const(1.0)), (4, Gen.Double[1, 20]));

    [Fact]
    public void Tails_equal_the_reference_table()
    {
        foreach (var row in Rows("nb_tail.csv"))
        {
            var tail = NegativeBinomial.UpperTail((int)row[2], row[0], row[1]);
            Assert.True(Math.Abs(tail - row[3]) <= 1e-9 * row[3], $"mu {row[0]} phi {row[1]} y {row[2]}: {tail} != {row[3]}");
        }
    }

    [Fact]
    public void Quantiles_equal_the_reference_table()
    {
        foreach (var row in Rows("nb_quantiles.csv"))
        {
            Assert.Equal((int)row[3], NegativeBinomial.UpperQuantile(row[2], row[0], row[1]));
        }
    }

    // R: pnbinom(y - 1, size = mu/(phi - 1), prob = 1/phi, lower.tail = FALSE); ppois for phi = 1.
    [Theory]
    [InlineData(0.3, 1.5, 3, 0.01732063896)]
    [InlineData(0.3, 1.5, 5, 0.001616354133)]
    [InlineData(0.3, 1, 3, 0.003599493183)]
    [InlineData(0.05, 3, 21, 7.03674495116e-07)]
    [InlineData(0.05, 1, 21, 8.89814571965e-48)]
    [InlineData(50, 5, 21, 0.98824236617)]
    public void Some_tails_are_known(double mean, double dispersion, int count, double expected)
    {
        Assert.Equal(1, NegativeBinomial.UpperTail(count, mean, dispersion) / expected, 1e-9);
    }

    [Theory]
    [InlineData(0.05, 1.2, 0.0001, 3)]
    [InlineData(50, 5, 0.001, 112)]
    [InlineData(50, 3, 0.0001, 106)]
    public void Some_quantiles_are_known(double mean, double dispersion, double alpha, int expected)
    {
        Assert.Equal(expected, NegativeBinomial.UpperQuantile(alpha, mean, dispersion));
    }

    [Fact]
    public void A_larger_count_is_less_probable()
    {
        Gen.Select(Mean, Dispersion, Gen.Int[0, 200]).Sample((mean, dispersion, count) =>
            NegativeBinomial.UpperTail(count + 1, mean, dispersion)
                <= NegativeBinomial.UpperTail(count, mean, dispersion) * (1 + 1e-9));
    }

    [Fact]
    public void A_larger_mean_makes_a_count_more_probable()
    {
        Gen.Select(Mean, Dispersion, Gen.Int[1, 200], Gen.Double[1, 3]).Sample((mean, dispersion, count, factor) =>
            NegativeBinomial.UpperTail(count, mean * factor, dispersion)
                >= NegativeBinomial.UpperTail(count, mean, dispersion) * (1 - 1e-9));
    }

    [Fact]
    public void Tails_add_up_to_the_mean()
    {
        // E[Y] = sum over n >= 1 of P(Y >= n).
        Gen.Select(Gen.Double[0.01, 20], Gen.Double[1, 5]).Sample((mean, dispersion) =>
        {
            var sum = Enumerable.Range(1, 600).Sum(n => NegativeBinomial.UpperTail(n, mean, dispersion));
            return Math.Abs(sum - mean) < 1e-6 * Math.Max(1, mean);
        });
    }

    [Fact]
    public void The_quantile_is_the_smallest_count_that_is_rarely_exceeded()
    {
        Gen.Select(Mean, Dispersion, Gen.Double[1e-6, 0.5]).Sample((mean, dispersion, alpha) =>
        {
            var quantile = NegativeBinomial.UpperQuantile(alpha, mean, dispersion);
            return NegativeBinomial.UpperTail(quantile + 1, mean, dispersion) <= alpha
                && (quantile == 0 || NegativeBinomial.UpperTail(quantile, mean, dispersion) > alpha);
        });
    }

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(20, 30)]
    public void Without_over_dispersion_it_becomes_Poisson_without_a_jump(double mean, int count)
    {
        var poisson = NegativeBinomial.UpperTail(count, mean, 1);
        foreach (var excess in new[] { 1e-7, 1.1e-6, 1e-5, 1e-4 })
        {
            Assert.Equal(1, NegativeBinomial.UpperTail(count, mean, 1 + excess) / poisson, 200 * excess);
        }
    }

    private static IEnumerable<double[]> Rows(string file) =>
        SharedData.ReadLines("design", "golden", file)
            .Skip(1)
            .Where(line => line.Length > 0)
            .Select(line => line.Split(',').Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray());
}
