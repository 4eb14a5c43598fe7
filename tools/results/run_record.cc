#include "tools/results/run_record.h"

#include "nlohmann/json.hpp"

namespace dl {
namespace {

using Json = nlohmann::json;

// Numbers and strings alike, as text.
std::map<std::string, std::string> Texts(const Json& object) {
  std::map<std::string, std::string> texts;
  for (const auto& [name, value] : object.items()) {
    texts[name] = value.is_string() ? value.get<std::string>() : value.dump();
  }
  return texts;
}

RunRecord FromJson(const Json& json) {
  RunRecord record;
  record.experiment = json.at("experiment");
  record.complete = json.at("status") == "complete";
  if (!record.complete) {
    record.reason = json.at("reason");
    return record;
  }
  record.question = json.at("question");
  record.flags = Texts(json.at("flags"));
  record.seeds = json.at("seeds").get<std::vector<int64_t>>();
  record.machine = Texts(json.at("machine"));
  record.versions = Texts(json.at("versions"));
  record.datasets = Texts(json.at("datasets"));
  return record;
}

}  // namespace

absl::StatusOr<RunRecord> ParseRunRecord(std::string_view json) {
  try {
    return FromJson(Json::parse(json));
  } catch (const Json::exception& error) {
    return absl::DataLossError(std::string("not a record of a run: ") + error.what());
  }
}

}  // namespace dl
