#include "modules/cnn/experiments/cifar10.h"

namespace dl {

std::vector<Contestant> Cifar10::Contestants() const {
  struct Entrant {
    std::string model, published, published_as;
  };
  const std::vector<Entrant> entrants = {
      {"small-cnn", "", ""},
      {"3c3d", "0.846", "the original, Adam, 100 epochs (DeepOBS)"},
      {"resnet20", "0.9173", "the original, 200 epochs (pytorch_resnet_cifar10)"},
      {"fast-cifar", "0.9401", "the original, 9.9 epochs (airbench94)"},
  };
  std::vector<Contestant> contestants;
  for (const Entrant& entrant : entrants) {
    contestants.push_back({.name = entrant.model,
                           .settings = *UsualSettings(entrant.model, "cifar10"),
                           .published = entrant.published,
                           .published_as = entrant.published_as});
  }
  return contestants;
}

}  // namespace dl
