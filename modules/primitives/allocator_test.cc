#include "modules/primitives/allocator.h"

#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(AllocatorTest, AlignsEverySizeAndWastesAtMostAQuarter) {
  for (size_t bytes = 1; bytes < (size_t{8} << 20); bytes = bytes * 5 / 4 + 1) {
    const int64_t before = GetAllocatorStats().bytes_in_use;
    const auto block = AllocateBytes(bytes);
    const auto taken = static_cast<size_t>(GetAllocatorStats().bytes_in_use - before);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block.get()) % 64, 0u);
    ASSERT_GE(taken, bytes);
    EXPECT_LE(taken, bytes + bytes / 4 + 64) << bytes;
    std::memset(block.get(), 1, bytes);
  }
}

// Two sizes of one class must be equally large, or a returned block would be too small for its next owner.
TEST(AllocatorTest, ABlockServesEverySizeOfItsClass) {
  for (size_t bytes = 1; bytes < 100000; ++bytes) {
    const int64_t before = GetAllocatorStats().system_allocations;
    AllocateBytes(bytes);
    const int64_t between = GetAllocatorStats().bytes_cached;
    const auto again = AllocateBytes(bytes);
    EXPECT_LE(GetAllocatorStats().system_allocations, before + 1);
    EXPECT_GE(between - GetAllocatorStats().bytes_cached, static_cast<int64_t>(bytes));
  }
}

TEST(AllocatorTest, ASteadyLoopAllocatesNothing) {
  AllocateBytes(1000);
  const int64_t before = GetAllocatorStats().system_allocations;
  for (int i = 0; i < 100; ++i) AllocateBytes(1000);
  EXPECT_EQ(GetAllocatorStats().system_allocations, before);
}

TEST(AllocatorTest, ReleaseEmptiesTheFreeLists) {
  AllocateBytes(1 << 22);
  EXPECT_GT(GetAllocatorStats().bytes_cached, 0);
  ReleaseCachedMemory();
  EXPECT_EQ(GetAllocatorStats().bytes_cached, 0);
}

TEST(AllocatorDeathTest, TooMuchIsNotCountedAsInUse) {
  const std::shared_ptr<std::byte> held = AllocateBytes(4096);
  const std::string in_use = std::to_string(GetAllocatorStats().bytes_in_use);
  EXPECT_DEATH(AllocateBytes(size_t{1} << 60), "out of memory: .* bytes asked for, " + in_use + " in use");
}

TEST(AllocatorTest, ManyThreadsMayAllocateAtOnce) {
  const int64_t before = GetAllocatorStats().bytes_in_use;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      for (size_t i = 0; i < 1000; ++i) std::memset(AllocateBytes(64 * (i % 50 + 1)).get(), t, 64);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(GetAllocatorStats().bytes_in_use, before);
}

}  // namespace
}  // namespace dl
