#include "tools/bench/benchmarks.h"

#include <set>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(BenchmarksTest, NamesAreUniqueAndStepsDoWork) {
  std::set<std::string> names;
  for (const Benchmark& benchmark : AllBenchmarks()) {
    EXPECT_TRUE(names.insert(benchmark.name).second) << benchmark.name;
    EXPECT_GT(benchmark.flops, 0) << benchmark.name;
    EXPECT_GT(benchmark.count, 0) << benchmark.name;
    const std::string group = benchmark.name.substr(0, benchmark.name.find('/'));
    const std::string unit = group == "scalar"               ? "nodes"
                             : group == "batchnorm_backward" ? "elements"
                             : group == "update"             ? "parameters"
                             : group == "naive_to_fast"      ? "MFLOP"
                                                             : "images";
    EXPECT_EQ(benchmark.unit, unit) << benchmark.name;
  }
}

TEST(BenchmarksTest, SmallStepsRunTwice) {
  for (const Benchmark& benchmark : AllBenchmarks()) {
    if (OccurrencesInResNet18(benchmark.name) > 0) continue;  // seconds each
    if (benchmark.bytes > 0) continue;                        // update_benchmarks_test
    if (benchmark.unit == "MFLOP") continue;                  // convolution_benchmarks_test
    const std::function<void()> step = benchmark.make();
    step();
    step();
  }
}

// He et al.'s table 1: eighteen weighted layers are seventeen 3x3 convolutions and a linear one; three shortcuts change
// the number of channels. Its image of 32x32 costs 0.56 billion multiplications forward.
TEST(BenchmarksTest, TheConvolutionsAreThoseOfResNet18) {
  int64_t layers = 0;
  double flops = 0;
  for (const Benchmark& benchmark : AllBenchmarks()) {
    const int64_t times = OccurrencesInResNet18(benchmark.name);
    layers += times;
    flops += static_cast<double>(times) * benchmark.flops / static_cast<double>(benchmark.count);
  }
  EXPECT_EQ(layers, 17 + 3);
  EXPECT_NEAR(flops / 6, 0.555e9, 0.005e9);  // forward and two backward passes, two operations a multiplication
  EXPECT_EQ(OccurrencesInResNet18("lenet"), 0);
}

}  // namespace
}  // namespace dl
