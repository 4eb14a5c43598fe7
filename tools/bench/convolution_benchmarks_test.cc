#include "tools/bench/convolution_benchmarks.h"

#include <set>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ConvolutionBenchmarksTest, NamesAreUniqueAndOperationsThoseOfTheDefinition) {
  std::set<std::string> names;
  for (const Benchmark& benchmark : ConvolutionBenchmarks()) {
    EXPECT_TRUE(names.insert(benchmark.name).second) << benchmark.name;
    EXPECT_EQ(benchmark.name.rfind("naive_to_fast/", 0), 0u) << benchmark.name;
    EXPECT_EQ(benchmark.flops, 16 * 2. * 64 * 64 * 9 * 32 * 32) << benchmark.name;  // of both layers
    EXPECT_EQ(benchmark.count, 1208) << benchmark.name;
  }
  for (const char* way : {"loops", "reordered", "im2col", "direct"}) {
    EXPECT_EQ(names.count(std::string("naive_to_fast/64-64@3x3,32x32/") + way), 1u) << way;
    EXPECT_EQ(names.count(std::string("naive_to_fast/256-256@3x3,8x8/") + way), 1u) << way;
  }
}

TEST(ConvolutionBenchmarksTest, FastStepsRunTwice) {
  for (const Benchmark& benchmark : ConvolutionBenchmarks()) {
    if (benchmark.name.find("loops") != std::string::npos) continue;  // seconds
    const std::function<void()> step = benchmark.make();
    step();
    step();
  }
}

}  // namespace
}  // namespace dl
