// Memory for tensors: aligned blocks that come back to a free list, so that a steady training step asks the operating
// system for nothing.
#ifndef MODULES_PRIMITIVES_ALLOCATOR_H_
#define MODULES_PRIMITIVES_ALLOCATOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>

namespace dl {

struct AllocatorStats {
  int64_t system_allocations = 0;  // blocks ever asked of the operating system
  int64_t bytes_in_use = 0;        // in blocks that tensors hold now
  int64_t bytes_cached = 0;        // in blocks that wait on a free list
  int64_t peak_bytes_in_use = 0;
};

// At least `bytes` of uninitialised memory, aligned to 64 bytes; from 2 MiB on aligned to 2 MiB and backed by huge pages
// where the system grants them. The last owner returns the block to the free list of its size. Thread-safe.
std::shared_ptr<std::byte> AllocateBytes(size_t bytes);

AllocatorStats GetAllocatorStats();

// Gives every cached block back to the operating system.
void ReleaseCachedMemory();

}  // namespace dl

#endif  // MODULES_PRIMITIVES_ALLOCATOR_H_
