#include "modules/cnn/experiments/ladder.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "modules/cnn/nielsen.h"

namespace dl {
namespace {

// Test accuracy on MNIST and the epochs that it took; from the book's chapter 6.
struct Published {
  std::string accuracy;
  int epochs;
};
const std::map<std::string, Published>& Accuracies() {
  static const auto* accuracies = new std::map<std::string, Published>{
      {"dense", {"0.9780", 60}},   {"conv", {"0.9878", 60}},    {"two-conv", {"0.9906", 60}},
      {"relu", {"0.9923", 60}},    {"shifted", {"0.9937", 60}}, {"two-dense", {"0.9943", 60}},
      {"dropout", {"0.9960", 40}},
  };
  return *accuracies;
}

}  // namespace

std::vector<Contestant> Ladder::Contestants() const {
  std::vector<Contestant> contestants;
  for (const NielsenRung& rung : NielsenLadder()) {
    const Published& published = Accuracies().at(rung.name);
    // What an example moves a weight by is about three times as much as with his batches and rates, 0.1 and 0.03.
    const double rate = rung.options.activation == Elementwise::kSigmoid ? 0.1 : 0.03;
    contestants.push_back({.name = rung.name,
                           .settings = {.epochs = 4,
                                        .batch_size = 32,
                                        .optimizer = "nesterov",
                                        .rate = rate,
                                        .schedule = "one_cycle",
                                        .augment = rung.shifted ? "shift:1" : "none",
                                        .normalize = false},
                           .make =
                               [options = rung.options](const Shape& image, int64_t classes, Random& random) {
                                 NielsenOptions fitted = options;
                                 fitted.channels = image[0];
                                 fitted.size = image[1];
                                 fitted.classes = classes;
                                 return Nielsen(random, fitted);
                               },
                           .published = published.accuracy,
                           .published_as = absl::StrCat(published.epochs, " epochs in batches of 10 (Nielsen 2015)")});
  }
  return contestants;
}

}  // namespace dl
