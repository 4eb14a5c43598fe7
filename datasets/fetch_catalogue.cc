#include "datasets/fetch_catalogue.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/base/nearest_name.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

using nlohmann::json;

constexpr char kOwn[] =
#include "datasets/fetch_catalogue_json.inc"
    ;

// Takes the members of one object, each once, and remembers the first that is missing, of another type, or unknown.
class Members {
 public:
  Members(const json& object, std::string of) : object_(object), of_(std::move(of)) {
    if (!object.is_object()) Fail("is no object");
  }

  std::string Text(const char* name, bool optional = false) {
    const json* value = Find(name, optional);
    if (value == nullptr) return "";
    if (!value->is_string()) Fail(absl::StrCat(name, " is no text"));
    return value->is_string() ? value->get<std::string>() : "";
  }

  // 0 where it is not there.
  int64_t Count(const char* name) {
    const json* value = Find(name, /*optional=*/true);
    if (value == nullptr) return 0;
    if (value->is_number_unsigned() && value->get<uint64_t>() < uint64_t{1} << 62) return value->get<int64_t>();
    Fail(absl::StrCat(name, " is no count"));
    return 0;
  }

  // The elements of an array that is not empty.
  std::vector<json> List(const char* name) {
    const json* value = Find(name, /*optional=*/false);
    if (value == nullptr) return {};
    if (!value->is_array() || value->empty()) Fail(absl::StrCat(name, " is no list with an element"));
    return value->is_array() ? value->get<std::vector<json>>() : std::vector<json>();
  }

  // Says why the object will not do, unless something else was said before.
  void Fail(const std::string& why) {
    if (status_.ok()) status_ = absl::InvalidArgumentError(absl::StrCat("catalogue: ", of_, ": ", why));
  }

  // To be called last: OK where all was as expected and no member is left over.
  absl::Status Finish() {
    if (status_.ok() && object_.size() != taken_) {
      Fail("has a member that no catalogue has; see datasets/fetch_catalogue.json");
    }
    return status_;
  }

 private:
  const json* Find(const char* name, bool optional) {
    const auto found = object_.is_object() ? object_.find(name) : object_.end();
    if (found == object_.end()) {
      if (!optional) Fail(absl::StrCat("has no ", name));
      return nullptr;
    }
    ++taken_;
    return &*found;
  }

  const json& object_;
  const std::string of_;
  size_t taken_ = 0;
  absl::Status status_;
};

bool StaysBelow(const std::string& path) {
  const std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  return !path.empty() && normal.string() == path && normal.is_relative() && *normal.begin() != ".." &&
         normal.has_filename() && path != ".";
}

bool IsSha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

absl::Status ParseFile(const json& object, const std::string& of, RemoteFile* file) {
  Members members(object, absl::StrCat("a file of ", of));
  file->path = members.Text("path");
  if (!StaysBelow(file->path)) members.Fail(absl::StrCat("path '", file->path, "' is not a file below the folder"));
  for (const json& url : members.List("urls")) {
    const std::string text = url.is_string() ? url.get<std::string>() : "";
    if (!text.starts_with("https://") && !text.starts_with("http://")) members.Fail("an address is not http or https");
    file->urls.push_back(text);
  }
  file->bytes = members.Count("bytes");
  file->sha256 = members.Text("sha256", /*optional=*/true);
  file->unpacked_sha256 = members.Text("unpacked_sha256", /*optional=*/true);
  for (const std::string& hash : {file->sha256, file->unpacked_sha256}) {
    if (!hash.empty() && !IsSha256(hash)) members.Fail(absl::StrCat("'", hash, "' is no SHA-256"));
  }
  return members.Finish();
}

absl::Status ParseFetchable(const json& object, Fetchable* fetchable) {
  const std::string name = object.is_object() ? object.value("name", json()).dump() : object.dump();
  Members members(object, name);
  *fetchable = {members.Text("name"), members.Text("title"), members.Text("licence"), members.Text("citation"), {}};
  if (fetchable->name.empty()) members.Fail("the name is empty");
  for (const json& file : members.List("files")) {
    const absl::Status status = ParseFile(file, name, &fetchable->files.emplace_back());
    if (!status.ok()) return status;
  }
  return members.Finish();
}

// What of a name matters.
std::string Letters(const std::string& name) {
  std::string letters;
  for (const char c : name) {
    if (c != '-' && c != '_') letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return letters;
}

const Fetchable* Find(const FetchCatalogue& catalogue, const std::string& name) {
  const auto found = std::find_if(catalogue.begin(), catalogue.end(),
                                  [&](const Fetchable& fetchable) { return Letters(fetchable.name) == Letters(name); });
  return found == catalogue.end() ? nullptr : &*found;
}

}  // namespace

const FetchCatalogue& OwnFetchCatalogue() {
  static const auto& catalogue = *new absl::StatusOr<FetchCatalogue>(ParseFetchCatalogue(kOwn));
  DL_CHECK(catalogue.ok()) << catalogue.status();
  return *catalogue;
}

absl::StatusOr<FetchCatalogue> ParseFetchCatalogue(std::string_view text) {
  const json parsed = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_array()) return absl::InvalidArgumentError("catalogue: it is no JSON array");
  FetchCatalogue catalogue;
  for (const json& object : parsed) {
    Fetchable fetchable;
    if (absl::Status status = ParseFetchable(object, &fetchable); !status.ok()) return status;
    if (Find(catalogue, fetchable.name)) {
      return absl::InvalidArgumentError(absl::StrCat("catalogue: ", fetchable.name, " stands in it twice"));
    }
    catalogue.push_back(std::move(fetchable));
  }
  return catalogue;
}

absl::StatusOr<Fetchable> FindFetchable(const FetchCatalogue& catalogue, const std::string& name) {
  if (const Fetchable* found = Find(catalogue, name)) return *found;
  return UnknownName("name", name, FetchableNames(catalogue));
}

std::vector<std::string> FetchableNames(const FetchCatalogue& catalogue) {
  std::vector<std::string> names;
  for (const Fetchable& fetchable : catalogue) names.push_back(fetchable.name);
  return names;
}

}  // namespace dl
