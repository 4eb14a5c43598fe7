// DL_MULTIVERSION before a function compiles its loop for AVX-512, AVX2 and the baseline; the program picks at start.
// One binary is fast on every machine without -march=native.
#ifndef MODULES_PRIMITIVES_MULTIVERSION_H_
#define MODULES_PRIMITIVES_MULTIVERSION_H_

// The choice is made by the loader before a sanitizer's runtime is ready, so sanitized builds keep the baseline; Clang
// has no clones of templates.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define DL_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DL_MULTIVERSION
#endif

#endif  // MODULES_PRIMITIVES_MULTIVERSION_H_
