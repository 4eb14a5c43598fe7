// Loops compiled once for each generation of x86 (AVX-512, AVX2, baseline); the program picks the widest at start-up.
//
//   DL_MULTIVERSION void Rows(int64_t n, const float* x, float* y) { ... DL_INLINE helpers ... }
//
// Calls out of such a function, OpenMP regions included, leave its instruction set: helpers must be inlined, which
// DL_FLATTEN does to all of them, and threads are started outside (internal/parallel.h).
#ifndef MODULES_PRIMITIVES_INTERNAL_MULTIVERSION_H_
#define MODULES_PRIMITIVES_INTERNAL_MULTIVERSION_H_

#define DL_INLINE inline __attribute__((always_inline))
#define DL_FLATTEN __attribute__((flatten))

// Sanitizers instrument the resolver that picks a version, which runs before they are ready.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define DL_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DL_MULTIVERSION
#endif

#endif  // MODULES_PRIMITIVES_INTERNAL_MULTIVERSION_H_
