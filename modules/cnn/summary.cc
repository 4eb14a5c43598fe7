#include "modules/cnn/summary.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <typeinfo>

#include "absl/container/flat_hash_set.h"

namespace dl {
namespace {

// "Conv2d" of dl::Conv2d, whatever namespaces it is in.
std::string ClassName(const Layer& layer) {
  const std::unique_ptr<char, void (*)(void*)> text(
      abi::__cxa_demangle(typeid(layer).name(), nullptr, nullptr, nullptr), std::free);
  const std::string name = text ? text.get() : typeid(layer).name();
  const size_t colon = name.rfind(':');
  return colon == std::string::npos ? name : name.substr(colon + 1);
}

bool IsOneOf(std::string_view op, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), op) != names.end();
}

// Multiply-adds of the operation that made y.
int64_t MultiplyAdds(const Variable& y) {
  const std::string_view op = y.op();
  const std::vector<Edge>& inputs = y.inputs();
  const int64_t size = y.value().size();
  if (op == "convolution") {  // inputs: w, ..., x
    const Tensor& w = inputs[0].input.value();
    return size * (w.size() / w.dim(0));
  }
  if (op == "locally_connected") {  // inputs: w [K, C, R, S, Ho, Wo], b, x
    const Tensor& w = inputs[0].input.value();
    return size * w.dim(1) * w.dim(2) * w.dim(3);
  }
  if (op == "affine") return size * inputs[1].input.value().dim(1);              // inputs: x, w [K, D], b
  if (op == "matmul") return inputs[0].input.value().size() * y.value().dim(1);  // [M, K] [K, N]
  return 0;
}

// Whether it only gives the same numbers another look.
bool IsView(const Variable& y) { return IsOneOf(y.op(), {"reshape", "to_plain"}); }

int64_t Flops(const Variable& y) {
  const int64_t products = MultiplyAdds(y);
  if (products > 0) return 2 * products;
  if (IsView(y) || IsOneOf(y.op(), {"cast", "concat"})) return 0;
  int64_t elements = y.value().size();
  for (const Edge& edge : y.inputs()) elements = std::max(elements, edge.input.value().size());
  return elements;
}

int64_t Bytes(const Variable& y) {
  const int64_t width = y.value().dtype() == DType::kBF16 ? 2 : y.value().dtype() == DType::kF32 ? 4 : 8;
  return IsView(y) ? 0 : width * y.value().size();
}

class Summarizer : public LayerObserver {
 public:
  explicit Summarizer(const Variable& image) : fields_(image) { counted_.insert(image.id()); }

  void AfterForward(const std::string& path, const Layer& layer, const Variable& x, const Variable& y) override {
    fields_.AfterForward(layer, x, y);
    LayerSummary row = {.path = path, .kind = ClassName(layer), .output = OfOne(y.shape()), .field = fields_.Of(y)};
    for (const Parameter& parameter : layer.Parameters()) {
      if (held_.insert(parameter.variable.id()).second) row.parameters += parameter.variable.value().size();
    }
    Count(x, y, &row);
    LayerSummary& total = summary_.total;
    total.parameters += row.parameters;
    total.multiply_adds += row.multiply_adds;
    total.flops += row.flops;
    total.activation_bytes += row.activation_bytes;
    if (row.field) total.field = row.field;
    const bool adds = row.parameters > 0 || row.flops > 0;
    if (layer.Children().empty() || adds) summary_.layers.push_back(std::move(row));
  }

  ModelSummary Finish(const Layer& model, const Variable& image, const Variable& y) {
    AfterForward("", model, image, y);
    summary_.total.kind = ClassName(model);
    summary_.total.output = OfOne(y.shape());
    return std::move(summary_);
  }

 private:
  static Shape OfOne(const Shape& shape) { return Shape(shape.begin() + 1, shape.end()); }

  // Adds the work of all operations between x and y that no layer within this one has had.
  void Count(const Variable& x, const Variable& y, LayerSummary* row) {
    std::vector<Variable> pending = {y};
    while (!pending.empty()) {
      const Variable next = pending.back();
      pending.pop_back();
      if (next.id() == x.id() || next.inputs().empty() || !counted_.insert(next.id()).second) continue;
      row->multiply_adds += MultiplyAdds(next);
      row->flops += Flops(next);
      row->activation_bytes += Bytes(next);
      for (const Edge& edge : next.inputs()) pending.push_back(edge.input);
    }
  }

  ReceptiveFields fields_;
  absl::flat_hash_set<uint64_t> counted_;  // operations
  absl::flat_hash_set<uint64_t> held_;     // parameters
  ModelSummary summary_;
};

}  // namespace

ModelSummary Summary(Layer& model, const Shape& image) {
  Shape shape = image;
  shape.insert(shape.begin(), 1);
  const Variable x = Tensor::Zeros(shape);
  Summarizer summarizer(x);
  const Variable y = model.Forward(x, {.observer = &summarizer});
  return summarizer.Finish(model, x, y);
}

}  // namespace dl
