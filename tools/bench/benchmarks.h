// What is timed: whole training steps of small networks, the convolutions of a large one, and the scalar engine.
#ifndef TOOLS_BENCH_BENCHMARKS_H_
#define TOOLS_BENCH_BENCHMARKS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/primitives/tensor.h"
#include "tools/bench/benchmark.h"

namespace dl {

// "mlp": 784-128-64-10, batch 64, cross-entropy, Adam. "lenet": LeNet-5, batch 64, SGD with momentum.
// "smallcnn", "resnet18_cifar" (batch 128, SGD with momentum) and "fast_cifar" (batch 1024, its own optimizer):
// networks for 32x32 images in colour. Networks run in `precision`: bf16 beside f32 weights. "scalar": forward and
// backward, on the tape, of the moons network 2-16-16-1 for 16 points, which fits into a core's cache.
// "batchnorm_backward/staged" and "/simplified": the two derivations of modules/backprop/batch_norm_backward.h, 100
// examples of 500 features. "batch_size/<examples>": 784-32-10, SGD. "resnet18_conv/<layer>": forward, backward data
// and backward weights of each convolution of a ResNet-18 for 32x32 images, batch 128; a layer that occurs n times is
// timed once. "update/<rule>": see update_benchmarks.h. "naive_to_fast/<layer>/<way>": see
// convolution_benchmarks.h.
std::vector<Benchmark> AllBenchmarks(DType precision = DType::kF32);

// How often each layer "resnet18_conv/<layer>" occurs in the network; the sum of times weighted so is that of the
// network's convolutions. 0 for another name.
int64_t OccurrencesInResNet18(const std::string& name);

}  // namespace dl

#endif  // TOOLS_BENCH_BENCHMARKS_H_
