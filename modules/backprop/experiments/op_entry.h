// An entry of the op table: something differentiable, and how right its gradient has to be.
#ifndef MODULES_BACKPROP_EXPERIMENTS_OP_ENTRY_H_
#define MODULES_BACKPROP_EXPERIMENTS_OP_ENTRY_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "modules/backprop/layer.h"

namespace dl {

// A function of leaves: f() reads `inputs`, and the parameters of a layer are inputs like any other.
struct OpCase {
  std::function<Variable()> f;
  std::vector<Parameter> inputs;
};

struct OpEntry {
  std::string name;  // "affine", unique
  std::string
      declaration;   // what the header calls it: "Affine(x, w, b)", with its parameters' names; a class: "Linear"
  std::string room;  // "backprop": the folder in modules/
  std::string kind;  // "op", "loss", "layer" or "network"
  double bar;        // the largest relative error of a right gradient in f64 at h = 1e-5; one of those below
  int64_t sample;    // elements of each input that a check moves, 0 for all
  std::function<OpCase(DType dtype)> make;  // f32 or f64: the same numbers in either
};

// The bars, for f64, h = 1e-5 and numbers about one: truncation errs by h²/6 |f'''| = 2e-11 |f'''|, rounding by about
// ε |f| / h = 2e-11 |f|. Those with a source are the bars of CS231n's assignments of 2026, for the same h.
inline constexpr double kCopiedBar = 1e-12;  // each output is an input: nothing is rounded (ReLU and max-pool there)
inline constexpr double kLinearBar = 1e-10;  // no truncation; a few roundings (affine there)
inline constexpr double kSmoothBar = 1e-9;   // of one or two elements: |f'''| up to 25 |f'| where we look
inline constexpr double kCoupledBar =
    1e-8;  // many elements meet in an output (softmax, normalisations, convolution there)
inline constexpr double kNetworkBar = 1e-7;  // layer upon layer (the whole network there)

// What the numbers of an input are: normal, or moved away from zero by 1/2, or that without its sign.
enum class OpDomain { kAny, kAwayFromZero, kPositive };

struct OpInput {
  std::string name;
  Shape shape;
  OpDomain domain = OpDomain::kAny;
};

// A function of inputs that are drawn at random. The entry's room and kind are for the table to fill in.
OpEntry EntryOfOp(std::string name, std::string declaration, double bar, std::vector<OpInput> inputs,
                  std::function<Variable(const std::vector<Variable>& v)> f);

// A layer or network as a function of x and its parameters, whose biases would be zeros but for a little noise.
OpEntry EntryOfLayer(std::string name, std::string declaration, double bar, Shape x,
                     std::function<std::shared_ptr<Layer>(Random&)> make_layer, int64_t sample = 0);

// make_layer of a layer L that draws nothing.
template <typename L, typename... Arguments>
std::function<std::shared_ptr<Layer>(Random&)> MakerOf(Arguments... arguments) {
  return [=](Random&) { return std::make_shared<L>(arguments...); };
}

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_OP_ENTRY_H_
