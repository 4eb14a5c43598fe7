// Graph pictures: what an engine remembers of a forward pass, with the gradients of the backward pass, as a drawing in
// Graphviz's language.
//
//   GraphNames names = ParameterNames(mlp);
//   names.others = {{x.id(), "x"}};
//   const std::string dot = ToDot(PictureOf(loss, names));
#ifndef MODULES_BACKPROP_GRAPH_PICTURE_H_
#define MODULES_BACKPROP_GRAPH_PICTURE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/backprop/layer.h"
#include "modules/backprop/scalar.h"
#include "modules/backprop/variable.h"

namespace dl {

// What both engines' graphs have in common.
struct GraphNode {
  enum class Kind { kData, kParameter, kOperation };
  struct Input {
    size_t node;                       // its place in the picture
    std::optional<double> derivative;  // of this node with respect to that one, where both are plain numbers
  };

  Kind kind;
  std::string name;   // "0.weight"; "" where nobody named it
  std::string op;     // "affine"; "" for a leaf
  std::string shape;  // "[64, 2]"; "" for a plain number
  int64_t size;       // elements
  double mean;        // of the elements: of a single one, itself
  double deviation;   // the elements' standard deviation, n in the denominator: of a single one, 0
  double gradient;    // of the loss with respect to this node: the Euclidean norm; of a single element, itself
  std::vector<Input> inputs;
};

// A loss, which comes last, and all that it was computed from; inputs come before what is computed from them.
using GraphPicture = std::vector<GraphNode>;

// What nodes are called, by Variable::id or Scalar::index. A leaf that is no parameter is drawn as data.
struct GraphNames {
  std::map<uint64_t, std::string> parameters;  // leaves that training changes
  std::map<uint64_t, std::string> others;      // data, and results that deserve a name
};

// The names that the layer has for its parameters.
GraphNames ParameterNames(const Layer& layer);

// The graph of `loss`, which holds one element, with the values of its forward pass and the gradients of a backward
// pass that is made for it.
GraphPicture PictureOf(const Variable& loss, const GraphNames& names);
GraphPicture PictureOf(const Scalar& loss, const GraphNames& names);

struct DotOptions {
  bool downwards = false;  // the loss at the bottom, which suits a long graph, rather than at the right
};

// The picture in Graphviz's language. Operations are rounded boxes, parameters boxes with a heavy frame, data sheets
// with a folded corner. Each says its name or operation, its shape, its value ("mean ± standard deviation" where it has
// several elements) and d, the loss's derivative (|d|, the norm of the gradient, where it has several elements). Where
// numbers depend on numbers, the arrow says the derivative, unless that is 1.
std::string ToDot(const GraphPicture& picture, const DotOptions& options = {});

}  // namespace dl

#endif  // MODULES_BACKPROP_GRAPH_PICTURE_H_
