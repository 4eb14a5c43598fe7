#include "modules/primitives/allocator.h"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "modules/base/check.h"

namespace dl {
namespace {

constexpr size_t kAlignment = 64;
constexpr size_t kHugePage = size_t{2} << 20;
constexpr int kStepsPerOctave = 4;

// Blocks come in sizes of 64 bytes · 2^(class / 4), rounded up to 64: at most a quarter of a block is wasted.
struct SizeClass {
  size_t index;
  size_t bytes;
};

SizeClass ClassOf(size_t bytes) {
  const size_t lines = std::max<size_t>((bytes + kAlignment - 1) / kAlignment, 1);
  if (lines <= kStepsPerOctave) return {lines - 1, lines * kAlignment};
  const int octave = std::bit_width(lines - 1) - 1;             // 2^octave <= lines - 1
  const size_t step = (size_t{1} << octave) / kStepsPerOctave;  // 1 at octave 2
  const size_t rounded = (lines + step - 1) / step * step;
  return {(octave - 2) * kStepsPerOctave + rounded / step - 1, rounded * kAlignment};
}

class Allocator {
 public:
  // Never destroyed: a tensor may outlive every static object.
  static Allocator& Get() {
    static Allocator& allocator = *new Allocator;
    return allocator;
  }

  std::byte* Take(const SizeClass& size) {
    std::lock_guard<std::mutex> lock(mutex_);
    stats_.bytes_in_use += size.bytes;
    stats_.peak_bytes_in_use = std::max(stats_.peak_bytes_in_use, stats_.bytes_in_use);
    std::vector<std::byte*>& free = free_[size.index];
    if (free.empty()) return FromSystem(size.bytes);
    std::byte* block = free.back();
    free.pop_back();
    stats_.bytes_cached -= size.bytes;
    return block;
  }

  void Return(std::byte* block, const SizeClass& size) {
    std::lock_guard<std::mutex> lock(mutex_);
    stats_.bytes_in_use -= size.bytes;
    stats_.bytes_cached += size.bytes;
    free_[size.index].push_back(block);
  }

  AllocatorStats stats() {
    std::lock_guard<std::mutex> lock(mutex_);
    return stats_;
  }

  void Release() {
    std::lock_guard<std::mutex> lock(mutex_);
    for (std::vector<std::byte*>& free : free_) {
      for (std::byte* block : free) std::free(block);
      free.clear();
    }
    stats_.bytes_cached = 0;
  }

 private:
  std::byte* FromSystem(size_t bytes) {
    const bool huge = bytes >= kHugePage;
    const size_t alignment = huge ? kHugePage : kAlignment;
    const size_t whole = (bytes + alignment - 1) / alignment * alignment;
    void* block = std::aligned_alloc(alignment, whole);
    DL_CHECK(block != nullptr) << "out of memory: " << bytes << " bytes asked for, "
                               << stats_.bytes_in_use - static_cast<int64_t>(bytes)
                               << " in use; a smaller batch needs less";
    if (huge) madvise(block, whole, MADV_HUGEPAGE);
    ++stats_.system_allocations;
    return static_cast<std::byte*>(block);
  }

  std::mutex mutex_;
  AllocatorStats stats_;
  std::array<std::vector<std::byte*>, 64 * kStepsPerOctave> free_;
};

}  // namespace

std::shared_ptr<std::byte> AllocateBytes(size_t bytes) {
  const SizeClass size = ClassOf(bytes);
  return std::shared_ptr<std::byte>(Allocator::Get().Take(size),
                                    [size](std::byte* block) { Allocator::Get().Return(block, size); });
}

AllocatorStats GetAllocatorStats() { return Allocator::Get().stats(); }

void ReleaseCachedMemory() { Allocator::Get().Release(); }

}  // namespace dl
