// What makes a unit respond: for each map of a layer, the pictures and the places where it is strongest.
#ifndef MODULES_CNN_UNIT_RESPONSES_H_
#define MODULES_CNN_UNIT_RESPONSES_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "modules/primitives/tensor.h"

namespace dl {

// A unit here is a map, wherever in it the response is.
class UnitResponses {
 public:
  // The layer's output for the next N pictures, [N, K, H, W], in any layout.
  void Add(const Tensor& maps);

  int64_t units() const { return units_; }

  struct Response {
    int64_t picture;      // in the order in which they were added
    int64_t row, column;  // of the map, where the unit responds most
    float value;
  };
  // The `count` pictures with the strongest responses of `unit`, the strongest first; fewer where fewer are above 0.
  std::vector<Response> Strongest(int64_t unit, int64_t count) const;

 private:
  int64_t units_ = 0, pictures_ = 0;
  std::vector<Response> responses_;  // [picture][unit]
};

// The share of the pictures that are of the class which most of them have; labels: of all pictures. At least one
// response.
double CommonestClassShare(absl::Span<const UnitResponses::Response> responses, absl::Span<const int32_t> labels);

// What that share comes to where `count` of the pictures, at most all, are drawn at random: the mean of 2000 draws.
double ChanceClassShare(absl::Span<const int32_t> labels, int64_t count);

}  // namespace dl

#endif  // MODULES_CNN_UNIT_RESPONSES_H_
