#include "datasets/augmentation.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "modules/base/nearest_name.h"

namespace dl {
namespace {

constexpr int64_t kMostPixels = 1024;

// One item of the text: how its value, which may be empty, sets the options, and what value it wants.
struct Item {
  std::function<bool(const std::string& value, AugmentationOptions* options)> set;
  std::string wants;
};
using NamedItem = std::pair<const std::string, Item>;

NamedItem Pixels(const std::string& name, int64_t AugmentationOptions::*field) {
  return {name,
          {[field](const std::string& value, AugmentationOptions* options) {
             int64_t& pixels = options->*field;
             return absl::SimpleAtoi(value, &pixels) && pixels >= 1 && pixels <= kMostPixels;
           },
           absl::StrCat("pixels, 1 to ", kMostPixels, ", as in ", name, ":4")}};
}

NamedItem Amount(const std::string& name, float AugmentationOptions::*field, float least, float most) {
  return {name,
          {[=](const std::string& value, AugmentationOptions* options) {
             float& amount = options->*field;
             return absl::SimpleAtof(value, &amount) && amount >= least && amount <= most;
           },
           absl::StrCat("a number of ", least, " to ", most, ", as in ", name, ":0.2")}};
}

bool SetReflect(const std::string& value, AugmentationOptions* options) {
  options->padding = Padding::kMirror;
  return value.empty();
}

bool SetFlip(const std::string& value, AugmentationOptions* options) {
  options->flip = value == "alternating" ? Flip::kAlternating : Flip::kRandom;
  return value.empty() || value == "random" || value == "alternating";
}

const std::map<std::string, Item>& Items() {
  static const auto& items = *new std::map<std::string, Item>{
      Pixels("crop", &AugmentationOptions::crop),
      Pixels("shift", &AugmentationOptions::shift),
      Pixels("cutout", &AugmentationOptions::cutout),
      Amount("jitter", &AugmentationOptions::jitter, 0.01f, 1),
      Amount("mixup", &AugmentationOptions::mixup, 0.01f, 100),
      {"reflect", {SetReflect, "no value"}},
      {"flip", {SetFlip, "'random', which is the default, or 'alternating'"}},
  };
  return items;
}

absl::Status SetItem(const std::string& text, AugmentationOptions* options, std::set<std::string>* seen) {
  const std::vector<std::string> pieces = absl::StrSplit(text, absl::MaxSplits(':', 1));
  const std::string& name = pieces[0];
  const auto found = Items().find(name);
  if (found == Items().end()) {
    std::vector<std::string> valid;
    for (const auto& [known, item] : Items()) valid.push_back(known);
    return UnknownName("augmentation", name, valid);
  }
  if (!seen->insert(name).second) {
    return absl::InvalidArgumentError(absl::StrCat("augmentation ", name, " comes twice; leave one out"));
  }
  if (!found->second.set(pieces.size() > 1 ? pieces[1] : "", options) || text.back() == ':') {
    return absl::InvalidArgumentError(
        absl::StrCat("augmentation '", text, "' is not valid: ", name, " wants ", found->second.wants));
  }
  return absl::OkStatus();
}

// Whether `example` is in the half that an alternating flip turns in even epochs.
bool InEvenHalf(int64_t example) { return Random(0x666c6970).Split(static_cast<uint64_t>(example)).Bits() & 1; }

}  // namespace

absl::StatusOr<AugmentationOptions> ParseAugmentation(std::string_view text) {
  AugmentationOptions options;
  if (text == "none") return options;
  const std::vector<std::string> items = absl::StrSplit(std::string(text), absl::ByAnyChar(",+"), absl::SkipEmpty());
  std::set<std::string> seen;
  for (const std::string& item : items) {
    if (absl::Status status = SetItem(item, &options, &seen); !status.ok()) return status;
  }
  return options;
}

absl::Status CheckAugmentation(const AugmentationOptions& options, const Shape& example_shape) {
  AugmentationOptions of_images = options;
  of_images.mixup = 0;
  if (of_images == AugmentationOptions()) return absl::OkStatus();
  if (example_shape.size() != 3) {
    return absl::InvalidArgumentError(absl::StrCat(
        "augmentations other than mixup want images [C, H, W]; the examples are ", ToString(example_shape)));
  }
  if (options.crop + options.shift >= std::min(example_shape[1], example_shape[2])) {
    return absl::InvalidArgumentError(absl::StrCat("crop and shift move images ", ToString(example_shape), " by up to ",
                                                   options.crop + options.shift,
                                                   " pixels; that must be less than their size"));
  }
  return absl::OkStatus();
}

ImageChange DrawChange(const AugmentationOptions& options, const Shape& example_shape, int64_t example, int64_t epoch,
                       Random* random) {
  ImageChange change;
  change.padding = options.padding;
  if (options.crop > 0) {
    change.down = random->Below(2 * options.crop + 1) - options.crop;
    change.right = random->Below(2 * options.crop + 1) - options.crop;
  }
  if (options.shift > 0) {
    // 0 stays; 1, ..., 2 shift are the moves along one axis, the others those along the other.
    const int64_t place = random->Below(4 * options.shift + 1);
    const int64_t step = (place - 1) % (2 * options.shift) - options.shift;  // of -shift, ..., shift - 1
    if (place > 0) (place <= 2 * options.shift ? change.down : change.right) += step < 0 ? step : step + 1;
  }
  if (options.flip == Flip::kRandom) change.flipped = random->Bits() & 1;
  if (options.flip == Flip::kAlternating) change.flipped = InEvenHalf(example) == (epoch % 2 == 0);
  if (options.jitter > 0) {
    for (float* factor : {&change.brightness, &change.contrast, &change.saturation}) {
      *factor = random->Uniform(1 - options.jitter, 1 + options.jitter);
    }
  }
  if (options.cutout > 0) {
    change.cutout = options.cutout;
    change.cutout_top = random->Below(example_shape[1]) - options.cutout / 2;
    change.cutout_left = random->Below(example_shape[2]) - options.cutout / 2;
  }
  return change;
}

}  // namespace dl
