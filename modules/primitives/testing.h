// What the tests of the primitives share: inputs, and the distance between a result and its twin.
#ifndef MODULES_PRIMITIVES_TESTING_H_
#define MODULES_PRIMITIVES_TESTING_H_

#include <functional>

#include "modules/base/random.h"
#include "modules/primitives/reference/array.h"
#include "modules/primitives/tensor.h"

namespace dl::testing {

// The bar of an f32 operation against its twin in double: rounding to 24 bits is 6e-8 an operation, and the longest sums
// tested grow that by the root of their length, about 30.
inline constexpr double kF32Tolerance = 2e-6;

// bf16 keeps 8 bits: rounding a result to it errs by at most 2^-8.
inline constexpr double kBF16Tolerance = 0x1p-8;

// Standard normal elements, a function of the seed.
Tensor RandomTensor(Shape shape, uint64_t seed);

// The same in f64, with more digits than f32 can hold.
Tensor RandomF64Tensor(Shape shape, uint64_t seed);

// Whole numbers in {-limit, ..., limit}: sums of their products are exact in f32, whatever their order.
Tensor IntegerTensor(Shape shape, uint64_t seed, int limit = 3);

// RandomTensor in double, for checks of a twin's derivative.
reference::Array<double> RandomArray(Shape shape, uint64_t seed);

// Whether y is an f64 tensor of the same shape and, to the last bit, the same elements.
bool IsExactly(const Tensor& y, const reference::Array<double>& twin);

// ||a - b|| / ||b|| in the Euclidean norm over all elements; ||a|| where b is zero. The shapes must be equal.
double RelativeL2(const Tensor& a, const reference::Array<double>& b);
double RelativeL2(const reference::Array<double>& a, const reference::Array<double>& b);

// The central difference of sum(f(x) · dy) with respect to each element of x: what a backward pass must return.
reference::Array<double> NumericalGradient(
    const std::function<reference::Array<double>(const reference::Array<double>&)>& f,
    const reference::Array<double>& x, const reference::Array<double>& dy, double h = 1e-5);

}  // namespace dl::testing

#endif  // MODULES_PRIMITIVES_TESTING_H_
