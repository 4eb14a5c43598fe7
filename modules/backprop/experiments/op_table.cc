#include "modules/backprop/experiments/op_table.h"

#include <utility>

#include "modules/backprop/experiments/backprop_entries.h"
#include "modules/backprop/experiments/cnn_entries.h"

namespace dl {

const std::vector<OpEntry>& OpTable() {
  static const auto* table = [] {
    auto* entries = new std::vector<OpEntry>;
    const auto append = [&](const char* room, const char* kind, std::vector<OpEntry> part) {
      for (OpEntry& entry : part) {
        entry.room = room;
        entry.kind = kind;
        entries->push_back(std::move(entry));
      }
    };
    append("backprop", "op", BackpropOps());
    append("backprop", "loss", BackpropLosses());
    append("backprop", "layer", BackpropLayers());
    append("backprop", "network", BackpropNetworks());
    append("cnn", "op", CnnOps());
    append("cnn", "layer", CnnLayers());
    append("cnn", "network", CnnNetworks());
    return entries;
  }();
  return *table;
}

}  // namespace dl
