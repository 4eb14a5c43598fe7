#include "modules/training/divergence.h"

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "modules/backprop/gradients.h"
#include "modules/primitives/finite.h"

namespace dl {
namespace {

class Watch : public LayerObserver {
 public:
  void AfterForward(const std::string& name, const Layer& layer, const Variable&, const Variable& y) override {
    if (!found_.empty() || AllFinite(y.value())) return;
    found_ = absl::StrCat("the output of layer ", name, " ", ToString(y.shape()), " is not finite");
    for (const Parameter& parameter : layer.Parameters()) {
      if (!AllFinite(parameter.variable.value())) absl::StrAppend(&found_, ", nor is its ", parameter.name);
    }
  }
  const std::string& found() const { return found_; }

 private:
  std::string found_;
};

}  // namespace

std::string FirstNotFinite(Layer& model, const Tensor& x, const std::function<Variable(const Variable& y)>& loss_of,
                           absl::Span<const Variable> parameters, Random random) {
  if (!AllFinite(x)) return "the inputs are not finite";
  Watch watch;
  const Variable y = model.Forward(x, {.training = true, .random = &random, .observer = &watch});
  if (!watch.found().empty()) return watch.found();
  if (!AllFinite(y.value())) return "the model's output is not finite";
  const Variable loss = loss_of(y);
  if (!AllFinite(loss.value())) return "the loss of a finite output is not finite";
  absl::flat_hash_map<uint64_t, std::string> names;
  for (const Parameter& parameter : model.Parameters()) names[parameter.variable.id()] = parameter.name;
  const std::vector<Tensor> gradients = Gradients(loss, parameters);
  for (size_t i = gradients.size(); i-- > 0;) {  // gradients are made from the last layer to the first
    if (AllFinite(gradients[i])) continue;
    return absl::StrCat("the gradient of ", names[parameters[i].id()], " ", ToString(gradients[i].shape()),
                        " is not finite");
  }
  return "";
}

}  // namespace dl
