// The op table: every differentiable operation, loss, layer and network of the project, ready to be checked.
//
// A test reads the headers of the rooms and fails where one declares what has no entry here.
#ifndef MODULES_BACKPROP_EXPERIMENTS_OP_TABLE_H_
#define MODULES_BACKPROP_EXPERIMENTS_OP_TABLE_H_

#include <cstdint>
#include <functional>
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
  std::string name;         // "affine", unique
  std::string declaration;  // what the header calls it: "Affine(x, w, b)", with its parameters' names; a class: "Linear"
  std::string room;         // "backprop": the folder in modules/
  std::string kind;         // "op", "loss", "layer" or "network"
  double bar;               // the largest relative error of a right gradient in f64 at h = 1e-5 (see op_table.cc)
  int64_t sample;           // elements of each input that a check moves, 0 for all
  std::function<OpCase(DType dtype)> make;  // f32 or f64: the same numbers in either
};

// All entries, in the order of the rooms.
const std::vector<OpEntry>& OpTable();

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_OP_TABLE_H_
