#include "tools/bench/update_benchmarks.h"

#include <set>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(UpdateBenchmarksTest, NamesAreUniqueAndStepsRunTwice) {
  std::set<std::string> names;
  for (const Benchmark& benchmark : UpdateBenchmarks()) {
    EXPECT_TRUE(names.insert(benchmark.name).second) << benchmark.name;
    EXPECT_EQ(benchmark.name.rfind("update/", 0), 0u) << benchmark.name;
    EXPECT_EQ(benchmark.arrays == 4, benchmark.name.find("adam") != std::string::npos) << benchmark.name;
    EXPECT_GE(benchmark.bytes, 3 * sizeof(float) * kUpdatedParameters) << benchmark.name;
    const std::function<void()> step = benchmark.make();
    step();
    step();
  }
}

}  // namespace
}  // namespace dl
