// What is timed: whole training steps of small networks, the convolutions of a large one, and the scalar engine.
#ifndef TOOLS_BENCH_BENCHMARKS_H_
#define TOOLS_BENCH_BENCHMARKS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace dl {

struct Benchmark {
  std::string name;
  std::string about;                            // what one step is
  std::string unit;                             // of what a step works through: "images", "nodes" or "elements"
  int64_t count;                                // of them in a step
  double flops;                                 // that one step needs, by the textbook's count
  std::function<std::function<void()>()> make;  // the step, ready to run: parameters and data are made once
};

// "mlp": 784-128-64-10, batch 64, cross-entropy, Adam. "lenet": LeNet-5, batch 64, SGD with momentum.
// "scalar": forward and backward, on the tape, of the moons network 2-16-16-1 for 16 points, which fits into a core's
// cache. "batchnorm_backward/staged" and "/simplified": the two derivations of modules/backprop/batch_norm_backward.h,
// 100 examples of 500 features. "batch_size/<examples>": 784-32-10, SGD. "resnet18_conv/<layer>": forward, backward
// data and backward weights of each convolution of a ResNet-18 for 32x32 images, batch 128; a layer that occurs n times
// is timed once.
std::vector<Benchmark> AllBenchmarks();

// How often each layer "resnet18_conv/<layer>" occurs in the network; the sum of times weighted so is that of the
// network's convolutions. 0 for another name.
int64_t OccurrencesInResNet18(const std::string& name);

}  // namespace dl

#endif  // TOOLS_BENCH_BENCHMARKS_H_
