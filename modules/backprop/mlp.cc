#include "modules/backprop/mlp.h"

#include "absl/strings/str_join.h"
#include "modules/backprop/linear.h"
#include "modules/base/check.h"

namespace dl {

// [mlp]
Sequential Mlp(const std::vector<int64_t>& widths, Elementwise activation, Random& random,
               const Initializer& initializer) {
  DL_CHECK(widths.size() >= 2) << "Mlp: " << widths.size() << " widths; inputs and outputs are two";
  Sequential mlp;
  for (size_t i = 0; i + 1 < widths.size(); ++i) {
    if (i > 0) mlp.Append(std::make_unique<Activation>(activation));
    mlp.Append(std::make_unique<Linear>(widths[i], widths[i + 1], random, initializer));
  }
  return mlp;
}
// [/mlp]

int64_t MlpParameterCount(const std::vector<int64_t>& widths) {
  int64_t count = 0;
  for (size_t i = 0; i + 1 < widths.size(); ++i) count += (widths[i] + 1) * widths[i + 1];
  return count;
}

std::string MlpName(const std::vector<int64_t>& widths) { return absl::StrJoin(widths, "-"); }

}  // namespace dl
