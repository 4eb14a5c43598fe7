#include "modules/cnn/batch_norm_scope.h"

namespace dl {
namespace {

void Collect(Layer& layer, std::vector<BatchNorm2d*>& norms) {
  if (auto* norm = dynamic_cast<BatchNorm2d*>(&layer)) norms.push_back(norm);
  for (const NamedLayer& child : layer.Children()) Collect(*child.layer, norms);
}

}  // namespace

std::vector<BatchNorm2d*> BatchNormsOf(Layer& model) {
  std::vector<BatchNorm2d*> norms;
  Collect(model, norms);
  return norms;
}

BatchNormScope::BatchNormScope(Layer& model, const BatchNormMode& mode) : norms_(BatchNormsOf(model)) {
  for (const BatchNorm2d* norm : norms_) before_.push_back(norm->mode());
  SetMode(mode);
}

BatchNormScope::~BatchNormScope() {
  for (size_t i = 0; i < norms_.size(); ++i) norms_[i]->set_mode(before_[i]);
}

void BatchNormScope::SetMode(const BatchNormMode& mode) {
  for (BatchNorm2d* norm : norms_) norm->set_mode(mode);
}

}  // namespace dl
