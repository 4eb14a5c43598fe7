#include "datasets/dataset.h"

#include <bit>

#include "datasets/sha256.h"
#include "modules/base/check.h"

namespace dl {

static_assert(std::endian::native == std::endian::little, "Fingerprint hashes numbers as they lie in memory");

Dataset FirstExamples(Dataset dataset, int64_t count) {
  DL_CHECK(count >= 0 && count <= dataset.size())
      << "FirstExamples: " << count << " of " << dataset.size() << " examples of " << dataset.name;
  dataset.labels.resize(count);
  std::visit([&](auto& values) { values.resize(count * NumElements(dataset.example_shape)); }, dataset.values);
  return dataset;
}

Dataset LastExamples(Dataset dataset, int64_t count) {
  DL_CHECK(count >= 0 && count <= dataset.size())
      << "LastExamples: " << count << " of " << dataset.size() << " examples of " << dataset.name;
  const int64_t others = dataset.size() - count;
  dataset.labels.erase(dataset.labels.begin(), dataset.labels.begin() + others);
  std::visit([&](auto& v) { v.erase(v.begin(), v.begin() + others * NumElements(dataset.example_shape)); },
             dataset.values);
  return dataset;
}

std::string Fingerprint(const Dataset& dataset) {
  Sha256 hash;
  std::visit([&](const auto& values) { hash.Update(values.data(), values.size() * sizeof(values[0])); },
             dataset.values);
  hash.Update(dataset.labels.data(), dataset.labels.size() * sizeof(int32_t));
  return hash.HexDigest();
}

}  // namespace dl
