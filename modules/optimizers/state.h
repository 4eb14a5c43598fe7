// What is remembered from step to step, by name: so that it can be kept and a run can go on from it.
#ifndef MODULES_OPTIMIZERS_STATE_H_
#define MODULES_OPTIMIZERS_STATE_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "modules/primitives/tensor.h"

namespace dl {

struct State {
  std::map<std::string, int64_t> counts;
  std::map<std::string, Tensor> tensors;  // plain
};

// Is shown all that something remembers, and may change it.
class StateVisitor {
 public:
  virtual ~StateVisitor() = default;
  virtual void Count(const std::string& name, int64_t& count) = 0;
  // `like` has the shape, type and memory order that `tensor` has, or will have once there is one.
  virtual void Array(const std::string& name, Tensor& tensor, const Tensor& like) = 0;
};

// Whatever remembers.
class Stateful {
 public:
  virtual ~Stateful() = default;
  // Shows it all, under names that begin with `prefix`. What there is may depend on counts that were shown before it.
  virtual void VisitState(const std::string& prefix, StateVisitor& visitor) = 0;
};

// Adds what `source` remembers, under names that begin with `prefix`.
void AddState(const std::string& prefix, Stateful& source, State& state);

// Makes `target`, which is new, remember exactly what `state` has under names that begin with `prefix`; each tensor in
// the memory order of its parameter. FailedPrecondition names what is missing, or is unknown, or is of another shape or
// type; `target` is then of no use.
absl::Status SetState(const std::string& prefix, const State& state, Stateful& target);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_STATE_H_
