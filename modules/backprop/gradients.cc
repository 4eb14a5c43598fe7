#include "modules/backprop/gradients.h"

#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"

namespace dl {
namespace {

// What the sweep knows of one variable.
struct Visit {
  const Variable* variable;
  bool wanted = false;             // is a variable of wrt
  bool leads = false;              // leads to one, or is one
  std::optional<Tensor> gradient = {};  // the sum over the paths seen so far
};

using Visits = absl::flat_hash_map<uint64_t, Visit>;

// `loss` and everything it was computed from.
Visits Ancestors(const Variable& loss) {
  Visits visits;
  std::vector<const Variable*> pending = {&loss};
  while (!pending.empty()) {
    const Variable* variable = pending.back();
    pending.pop_back();
    if (!visits.emplace(variable->id(), Visit{variable}).second) continue;
    for (const Edge& edge : variable->inputs()) pending.push_back(&edge.input);
  }
  return visits;
}

// The visits in order of creation, which is a topological order: inputs come before what is computed from them.
std::vector<Visit*> InOrderOfCreation(Visits& visits) {
  std::vector<Visit*> order;
  order.reserve(visits.size());
  for (auto& [id, visit] : visits) order.push_back(&visit);
  std::sort(order.begin(), order.end(),
            [](const Visit* a, const Visit* b) { return a->variable->id() < b->variable->id(); });
  return order;
}

// [sum_rule]
// Several paths add up: the multivariate chain rule.
void Accumulate(std::optional<Tensor>& gradient, Tensor part) {
  if (gradient.has_value()) {
    AddTo(*gradient, part);
  } else {
    gradient = std::move(part);
  }
}
// [/sum_rule]

}  // namespace

std::vector<Tensor> Gradients(const Variable& loss, absl::Span<const Variable> wrt) {
  DL_CHECK(loss.value().size() == 1) << "Gradients: the loss is " << ToString(loss.shape())
                                     << "; it must hold one element";
  Visits visits = Ancestors(loss);
  for (const Variable& variable : wrt) {
    if (const auto found = visits.find(variable.id()); found != visits.end()) found->second.wanted = true;
  }
  const std::vector<Visit*> order = InOrderOfCreation(visits);
  // [reverse_sweep]
  for (Visit* visit : order) {
    visit->leads = visit->wanted;
    for (const Edge& edge : visit->variable->inputs()) visit->leads |= visits.at(edge.input.id()).leads;
  }
  order.back()->gradient = Tensor::Full(loss.shape(), 1.0, loss.value().dtype());  // d loss / d loss
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    Visit& visit = **it;
    if (!visit.leads) continue;
    for (const Edge& edge : visit.variable->inputs()) {
      Visit& input = visits.at(edge.input.id());
      if (input.leads) Accumulate(input.gradient, edge.vjp(visit.variable->value(), *visit.gradient));
    }
    if (!visit.wanted) visit.gradient.reset();  // its memory serves the next
  }
  // [/reverse_sweep]
  std::vector<Tensor> gradients;
  for (const Variable& variable : wrt) {
    const auto found = visits.find(variable.id());
    const bool reached = found != visits.end() && found->second.gradient.has_value();
    gradients.push_back(reached ? *found->second.gradient : Tensor::ZerosLike(variable.value()));
  }
  return gradients;
}

}  // namespace dl
