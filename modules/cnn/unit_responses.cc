#include "modules/cnn/unit_responses.h"

#include <algorithm>
#include <map>

#include "modules/base/check.h"
#include "modules/base/random.h"
#include "modules/primitives/reorder.h"

namespace dl {

void UnitResponses::Add(const Tensor& maps) {
  DL_CHECK(maps.rank() == 4 && (units_ == 0 || maps.dim(1) == units_))
      << "UnitResponses: maps are " << ToString(maps.shape()) << " after " << units_ << " units";
  units_ = maps.dim(1);
  const Tensor plain = ToPlain(maps);
  const int64_t area = maps.dim(2) * maps.dim(3), width = maps.dim(3);
  const float* map = plain.data();
  for (int64_t i = 0; i < maps.dim(0) * units_; ++i, map += area) {
    const int64_t place = std::max_element(map, map + area) - map;
    responses_.push_back({pictures_ + i / units_, place / width, place % width, map[place]});
  }
  pictures_ += maps.dim(0);
}

std::vector<UnitResponses::Response> UnitResponses::Strongest(int64_t unit, int64_t count) const {
  DL_CHECK(unit >= 0 && unit < units_) << "UnitResponses: unit " << unit << " of " << units_;
  std::vector<Response> all;
  for (int64_t picture = 0; picture < pictures_; ++picture) {
    const Response& response = responses_[picture * units_ + unit];
    if (response.value > 0) all.push_back(response);
  }
  std::stable_sort(all.begin(), all.end(), [](const Response& a, const Response& b) { return a.value > b.value; });
  all.resize(std::min<size_t>(all.size(), count));
  return all;
}

double CommonestClassShare(absl::Span<const UnitResponses::Response> responses, absl::Span<const int32_t> labels) {
  DL_CHECK(!responses.empty()) << "CommonestClassShare: there are no responses";
  std::map<int32_t, int64_t> counts;
  int64_t most = 0;
  for (const UnitResponses::Response& response : responses) most = std::max(most, ++counts[labels[response.picture]]);
  return static_cast<double>(most) / static_cast<double>(responses.size());
}

double ChanceClassShare(absl::Span<const int32_t> labels, int64_t count) {
  constexpr int kDraws = 2000;
  Random random(1);
  double sum = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    std::vector<int64_t> order = random.Permutation(static_cast<int64_t>(labels.size()));
    order.resize(std::min<size_t>(order.size(), count));
    std::vector<UnitResponses::Response> drawn;
    for (const int64_t picture : order) drawn.push_back({picture, 0, 0, 1});
    sum += CommonestClassShare(drawn, labels);
  }
  return sum / kDraws;
}

}  // namespace dl
