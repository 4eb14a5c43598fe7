#include "modules/backprop/variable.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "modules/base/check.h"

namespace dl {
namespace internal {

struct Node {
  Node(const char* o, Tensor v, std::vector<Edge> i)
      : id(next_id++), op(o), value(std::move(v)), inputs(std::move(i)) {}
  ~Node();

  static inline std::atomic<uint64_t> next_id = 0;
  uint64_t id;
  const char* op;
  Tensor value;
  std::vector<Edge> inputs;
};

// A graph may be a chain of a million nodes, each the sole owner of the next: they are released in a loop, since nested
// destructors would overflow the stack.
Node::~Node() {
  thread_local std::vector<Edge>* pending = nullptr;
  const auto hand_over = [&] {
    for (Edge& edge : inputs) pending->push_back(std::move(edge));
  };
  if (pending != nullptr) {  // inside the loop below
    hand_over();
    return;
  }
  std::vector<Edge> work;
  pending = &work;
  hand_over();
  while (!work.empty()) {
    const Edge edge = std::move(work.back());
    work.pop_back();
  }
  pending = nullptr;
}

}  // namespace internal

Variable::Variable(Tensor value) : node_(std::make_shared<internal::Node>("", std::move(value), std::vector<Edge>())) {}

const Tensor& Variable::value() const { return node_->value; }

Tensor& Variable::mutable_value() {
  DL_CHECK(node_->inputs.empty()) << "Variable::mutable_value: " << ToString(shape())
                                  << " was computed; only a leaf may be changed";
  return node_->value;
}

const char* Variable::op() const { return node_->op; }

const std::vector<Edge>& Variable::inputs() const { return node_->inputs; }

uint64_t Variable::id() const { return node_->id; }

Variable Record(const char* op, Tensor value, std::vector<Edge> inputs) {
  return Variable(std::make_shared<internal::Node>(op, std::move(value), std::move(inputs)));
}

std::vector<Edge> JointEdges(std::vector<Variable> inputs, JointVjp vjp) {
  struct Shared {
    JointVjp vjp;
    Tensor dy;  // what `results` belong to; held while some wait, so that no other tensor gets its storage
    std::vector<Tensor> results;
    std::vector<bool> waiting;  // results not handed out yet
  };
  auto shared = std::make_shared<Shared>();
  shared->vjp = std::move(vjp);
  shared->waiting.resize(inputs.size());
  std::vector<Edge> edges;
  for (size_t i = 0; i < inputs.size(); ++i) {
    edges.push_back({std::move(inputs[i]), [shared, i](const Tensor& y, const Tensor& dy) {
                       if (!shared->waiting[i] || shared->dy.raw() != dy.raw()) {
                         shared->results = shared->vjp(y, dy);
                         shared->waiting.assign(shared->results.size(), true);
                         shared->dy = dy;
                       }
                       shared->waiting[i] = false;
                       const auto& waiting = shared->waiting;
                       if (std::find(waiting.begin(), waiting.end(), true) == waiting.end()) shared->dy = Tensor();
                       return std::move(shared->results[i]);
                     }});
  }
  return edges;
}

}  // namespace dl
