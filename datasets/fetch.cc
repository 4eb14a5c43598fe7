// Gets data sets and trained networks: bazel run //datasets:fetch -- mnist resnet18
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "datasets/catalog.h"
#include "datasets/fetch_catalogue.h"
#include "datasets/fetch_file.h"
#include "datasets/file_check.h"
#include "datasets/pretrained_folder.h"
#include "modules/base/exit_code.h"
#include "modules/base/file.h"
#include "modules/base/flags.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

constexpr char kPretrained[] = "pretrained/";  // how the paths of trained networks begin
constexpr char kCommand[] = "bazel run //datasets:fetch -- ";

struct Options {
  bool list = false, verify = false;
  std::string folder, catalogue;
  FetchOptions fetch;
};

// Where `file` belongs: below `folder`, or, where that is empty, where our programs look for it.
std::string Place(const RemoteFile& file, const std::string& folder) {
  if (!folder.empty() || !file.path.starts_with(kPretrained)) {
    return (fs::path(DatasetsFolder(folder)) / file.path).string();
  }
  return (fs::path(PretrainedFolder("")) / file.path.substr(std::size(kPretrained) - 1)).string();
}

bool IsThere(const std::string& path) {
  std::error_code unknown;
  return fs::exists(path, unknown);
}

std::string Bytes(int64_t bytes) {
  if (bytes == 0) return "? MB";
  return bytes < 1000000 ? absl::StrCat((bytes + 999) / 1000, " kB") : absl::StrCat((bytes + 500000) / 1000000, " MB");
}

absl::StatusOr<FetchCatalogue> ReadCatalogue(const std::string& path) {
  if (path.empty()) return OwnFetchCatalogue();
  const absl::StatusOr<std::string> json = ReadFile(UserPath(path));
  if (!json.ok()) return json.status();
  return ParseFetchCatalogue(*json);
}

absl::StatusOr<FetchCatalogue> Choose(const FetchCatalogue& catalogue, const std::vector<std::string>& names) {
  FetchCatalogue chosen;
  for (const std::string& name : names) {
    absl::StatusOr<Fetchable> found = FindFetchable(catalogue, name);
    if (!found.ok()) return found.status();
    chosen.push_back(*std::move(found));
  }
  return chosen;
}

// One line an entry; all that is known where `in_full`.
void List(const FetchCatalogue& catalogue, bool in_full, const std::string& folder) {
  for (const Fetchable& entry : catalogue) {
    int64_t bytes = 0;
    size_t there = 0;
    bool known = true;
    for (const RemoteFile& file : entry.files) {
      bytes += file.bytes;
      known = known && file.bytes != 0;
      there += IsThere(Place(file, folder));
    }
    const char* state = there == entry.files.size() ? "here" : there > 0 ? "partly" : "-";
    std::printf("%-14s %7s  %-6s  %s\n", entry.name.c_str(), Bytes(known ? bytes : 0).c_str(), state,
                entry.title.c_str());
    if (!in_full) continue;
    std::cout << "  licence: " << entry.licence << "\n  cite: " << entry.citation << "\n";
    for (const RemoteFile& file : entry.files) {
      std::cout << "  " << Place(file, folder) << "\n    SHA-256 "
                << (file.sha256.empty() ? "not published: pinned when it is fetched first" : file.sha256) << "\n    "
                << absl::StrJoin(file.urls, "\n    ") << "\n";
    }
  }
  const RemoteFile network = {.path = kPretrained, .urls = {}};
  std::cout << "data sets: " << DatasetsFolder(folder) << "\ntrained networks: " << Place(network, folder) << std::endl;
}

// Checks what is there of `catalogue`; where the user named it, all of it must be.
absl::Status Verify(const FetchCatalogue& catalogue, bool named, const std::string& folder) {
  std::vector<std::string> bad;
  int sound = 0;
  for (const Fetchable& entry : catalogue) {
    bool all_sound = true;
    for (const RemoteFile& described : entry.files) {
      const std::string path = Place(described, folder);
      if (!IsThere(path)) {
        if (named) std::cout << "missing  " << path << "\n";
        all_sound = all_sound && !named;
        continue;
      }
      const absl::StatusOr<RemoteFile> file = WithPin(described, path);
      const absl::StatusOr<std::string> sha256 = file.ok() ? CheckedSha256(path, *file) : file.status();
      if (sha256.ok()) {
        ++sound;
        std::cout << (file->sha256.empty() ? "no hash  " : "sound    ") << path << std::endl;
      } else {
        all_sound = false;
        std::cout << "damaged  " << path << ": " << sha256.status().message() << std::endl;
      }
    }
    if (!all_sound) bad.push_back(entry.name);
  }
  if (bad.empty() && sound == 0) std::cout << "nothing here to verify; what can be fetched: --list" << std::endl;
  if (bad.empty()) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat(absl::StrJoin(bad, ", "), " is damaged or incomplete; type: ", kCommand, absl::StrJoin(bad, " ")));
}

absl::Status FetchEntry(const Fetchable& entry, const std::string& folder, const FetchOptions& options) {
  for (const RemoteFile& file : entry.files) {
    const std::string path = Place(file, folder);
    std::cerr << "fetching " << path << " (" << Bytes(file.bytes) << ")" << std::endl;
    const absl::StatusOr<FetchedFile> fetched = FetchFile(file, path, options);
    if (!fetched.ok()) return fetched.status();
    std::cout << (fetched->was_there ? "was here  " : "fetched   ") << path << "  sha256 " << fetched->sha256
              << (fetched->pinned ? " (now pinned: nobody has published it)" : "") << std::endl;
  }
  std::cout << entry.name << ": licence: " << entry.licence << "; cite: " << entry.citation << std::endl;
  return absl::OkStatus();
}

// Fetches every entry, also after one that cannot be had; the first failure counts.
int Fetch(const FetchCatalogue& chosen, const Options& options) {
  int exit_code = kExitOk;
  for (const Fetchable& entry : chosen) {
    const int code = ReportStatus(FetchEntry(entry, options.folder, options.fetch));
    if (exit_code == kExitOk) exit_code = code;
    if (code != kExitOk && code != kExitData) return code;
  }
  return exit_code;
}

// What `options` ask for, of the entries that are called `names`; the exit code.
int Run(const Options& options, const std::vector<std::string>& names) {
  const absl::StatusOr<FetchCatalogue> catalogue = ReadCatalogue(options.catalogue);
  if (!catalogue.ok()) return ReportStatus(catalogue.status());
  const absl::StatusOr<FetchCatalogue> chosen = Choose(*catalogue, names);
  if (!chosen.ok()) return ReportStatus(chosen.status());
  const FetchCatalogue& meant = names.empty() ? *catalogue : *chosen;
  if (options.list) {
    List(meant, /*in_full=*/!names.empty(), options.folder);
    return kExitOk;
  }
  if (options.verify) return ReportStatus(Verify(meant, /*named=*/!names.empty(), options.folder));
  if (!names.empty()) return Fetch(*chosen, options);
  return ReportStatus(absl::InvalidArgumentError(
      absl::StrCat("name what to fetch: ", absl::StrJoin(FetchableNames(*catalogue), ", "), "; --list says more")));
}

int Main(int argc, char** argv) {
  Options options;
  FlagSet flags("usage: bazel run //datasets:fetch -- [flags] NAME...: gets data sets and trained networks");
  flags.Add("list", &options.list, "say what can be fetched and what is here; with names, all about them");
  flags.Add("verify", &options.verify, "check what is here, or the names that are given");
  flags.Add("from", &options.fetch.from,
            "copy from this folder, which --folder has filled elsewhere, instead of the network");
  flags.Add("folder", &options.folder,
            "where to put all; empty: $DL_DATASETS and $DL_PRETRAINED, then the user's cache");
  flags.Add("catalogue", &options.catalogue, "a JSON file like datasets/fetch_catalogue.json; empty: that one");
  flags.Add("tries", &options.fetch.tries, "of each address");
  flags.Add("stall", &options.fetch.stall_seconds, "seconds without progress after which a server is given up");
  const absl::StatusOr<std::vector<std::string>> words = flags.Parse(argc, argv);
  if (!words.ok()) return ReportStatus(words.status());
  if (flags.help_requested()) {
    std::cout << flags.Help();
    return kExitOk;
  }
  if (options.fetch.tries < 1 || options.fetch.stall_seconds < 1) {
    return ReportStatus(absl::InvalidArgumentError("flags --tries and --stall must be 1 or more"));
  }
  if (!options.fetch.from.empty()) options.fetch.from = UserPath(options.fetch.from);
  return Run(options, *words);
}

}  // namespace
}  // namespace dl

int main(int argc, char** argv) { return dl::Main(argc, argv); }
