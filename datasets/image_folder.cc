#include "datasets/image_folder.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/file_tree.h"
#include "datasets/image_file.h"
#include "datasets/resize.h"
#include "datasets/sha256.h"
#include "modules/base/check.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

constexpr size_t kDecodedAtOnce = size_t{1} << 24;  // bytes of files that the threads share

using FilesOfClass = std::map<std::string, std::vector<std::string>>;

std::string Layout(const std::string& path) {
  return absl::StrCat("expected are ", path, "/{train,test}/CLASS/*.{jpg,jpeg,png} or ", path,
                      "/CLASS/*.{jpg,jpeg,png}");
}

std::string NameOf(const std::string& path) {
  const fs::path whole = fs::absolute(path).lexically_normal();
  std::string name = (whole.has_filename() ? whole : whole.parent_path()).filename().string();
  for (const std::string suffix : {".gz", ".tar", ".zip"}) {
    if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  }
  return name;
}

// Whether the file is a picture in some folder, and not a hidden one.
bool IsPicture(const fs::path& file) {
  std::string extension = file.extension().string();
  for (char& letter : extension) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  if (extension != ".jpg" && extension != ".jpeg" && extension != ".png") return false;
  return file.has_parent_path() &&
         std::none_of(file.begin(), file.end(), [](const fs::path& word) { return word.string().starts_with('.'); });
}

bool FallsToTheTest(const std::string& file_name) {
  Sha256 hash;
  hash.Update(file_name.data(), file_name.size());
  return std::stoul(hash.HexDigest().substr(0, 8), nullptr, 16) % 5 == 0;
}

// PATH/PART/CLASS/FILE as the folder above the classes, PATH/PART, whose last word is the part.
fs::path AboveClass(const fs::path& file) { return file.parent_path().parent_path(); }

bool HasPart(const std::vector<fs::path>& pictures, const char* part) {
  return std::any_of(pictures.begin(), pictures.end(),
                     [&](const fs::path& file) { return AboveClass(file).filename() == part; });
}

// Orders the files as ImageFolder promises: the i-th of n files of a class stands at (i + 1/2) / n.
std::vector<ImageFolder::File> Mix(const FilesOfClass& classes, const std::vector<std::string>& class_names) {
  struct Placed {
    ImageFolder::File file;
    int64_t above, below;  // the place as a fraction
  };
  std::vector<Placed> placed;
  for (const auto& [name, files] : classes) {
    const auto found = std::lower_bound(class_names.begin(), class_names.end(), name);
    const auto label = static_cast<int32_t>(found - class_names.begin());
    for (size_t i = 0; i < files.size(); ++i) {
      placed.push_back({{files[i], label}, static_cast<int64_t>(2 * i + 1), static_cast<int64_t>(2 * files.size())});
    }
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const Placed& a, const Placed& b) { return a.above * b.below < b.above * a.below; });
  std::vector<ImageFolder::File> files;
  for (Placed& next : placed) files.push_back(std::move(next.file));
  return files;
}

absl::Status CheckClasses(const ImageFolder& folder, const FilesOfClass& train, const FilesOfClass& test) {
  const std::string& path = folder.path;
  if (train.empty()) {
    return absl::NotFoundError(
        absl::StrCat("no pictures in ", path, " (", folder.ignored, " files ignored); ", Layout(path)));
  }
  for (const auto& [name, files] : test) {
    if (train.count(name)) continue;
    return absl::DataLossError(absl::StrCat(path, ": class ", name, " has test pictures (", files[0],
                                            ") and none to learn from; add some or remove the class"));
  }
  if (train.size() == 1) {
    return absl::DataLossError(absl::StrCat(path, ": it holds one class only, ", train.begin()->first,
                                            ", and two are the least; ", Layout(path)));
  }
  if (test.empty()) {
    return absl::NotFoundError(absl::StrCat("no test pictures in ", path, "; put the classes into ", path,
                                            "/train and some of their pictures into ", path, "/test/CLASS"));
  }
  return absl::OkStatus();
}

// Reads one picture into `values`, [3, side, side].
absl::Status ReadExample(const std::string& name, const std::string& bytes, int64_t side, uint8_t* values) {
  const absl::StatusOr<Image> image = DecodeImage(name, bytes);
  if (!image.ok()) return image.status();
  const Image square = ResizeAndCrop(*image, side);
  for (int64_t c = 0; c < 3; ++c) {
    for (int64_t i = 0; i < side * side; ++i) *values++ = square.rgb[3 * i + c];
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ImageFolder> ListImageFolder(const std::string& path) {
  const absl::StatusOr<std::vector<std::string>> names = ListFiles(path);
  if (!names.ok()) return names.status();
  std::vector<fs::path> pictures(names->begin(), names->end());
  std::erase_if(pictures, [](const fs::path& file) { return !IsPicture(file); });
  const bool split = HasPart(pictures, "train");
  for (const char* part : {"test", "val"}) {
    if (split || !HasPart(pictures, part)) continue;
    return absl::NotFoundError(absl::StrCat(path, " has pictures to test on, in ", part,
                                            "/, and none to learn from; put ", "them into ", path, "/train/CLASS"));
  }
  const char* test_part = HasPart(pictures, "test") ? "test" : "val";

  FilesOfClass train, test;
  const fs::path* first = nullptr;
  int64_t used = 0;
  for (const fs::path& file : pictures) {
    const fs::path above = AboveClass(file);
    const bool is_test = split ? above.filename() == test_part : FallsToTheTest(file.filename().string());
    if (split && !is_test && above.filename() != "train") continue;
    const auto root = [&](const fs::path& of) { return split ? AboveClass(of).parent_path() : AboveClass(of); };
    if (first == nullptr) first = &file;
    if (root(file) != root(*first)) {
      return absl::DataLossError(absl::StrCat(path, ": ", first->string(), " and ", file.string(),
                                              " do not lie in one tree of classes; ", Layout(path)));
    }
    (is_test ? test : train)[file.parent_path().filename().string()].push_back(file.string());
    ++used;
  }
  ImageFolder folder = {.path = path, .name = NameOf(path), .class_names = {}, .train = {}, .test = {}};
  folder.ignored = static_cast<int64_t>(names->size()) - used;
  if (absl::Status status = CheckClasses(folder, train, test); !status.ok()) return status;
  for (const auto& [name, files] : train) folder.class_names.push_back(name);
  folder.train = Mix(train, folder.class_names);
  folder.test = Mix(test, folder.class_names);
  return folder;
}

absl::StatusOr<Dataset> ReadImages(const ImageFolder& folder, absl::Span<const ImageFolder::File> files,
                                   int64_t image_size) {
  DL_CHECK(image_size > 0) << "ReadImages: image_size is " << image_size;
  const int64_t example_size = 3 * image_size * image_size;
  std::vector<uint8_t> values(files.size() * example_size);
  std::vector<std::string> names;
  std::vector<int32_t> labels;
  for (const ImageFolder::File& file : files) {
    names.push_back(file.name);
    labels.push_back(file.label);
  }

  std::vector<std::pair<size_t, std::string>> waiting;  // index and bytes
  size_t waiting_bytes = 0;
  const auto decode = [&]() -> absl::Status {
    std::vector<absl::Status> results(waiting.size());
#pragma omp parallel for schedule(dynamic)
    for (size_t k = 0; k < waiting.size(); ++k) {
      const auto& [i, bytes] = waiting[k];
      results[k] =
          ReadExample((fs::path(folder.path) / names[i]).string(), bytes, image_size, &values[i * example_size]);
    }
    waiting.clear();
    waiting_bytes = 0;
    const auto bad = std::find_if(results.begin(), results.end(), [](const absl::Status& s) { return !s.ok(); });
    return bad == results.end() ? absl::OkStatus() : *bad;
  };
  absl::Status status = ReadFiles(folder.path, names, [&](size_t i, std::string bytes) {
    waiting_bytes += bytes.size();
    waiting.emplace_back(i, std::move(bytes));
    return waiting_bytes < kDecodedAtOnce ? absl::OkStatus() : decode();
  });
  if (status.ok()) status = decode();
  if (!status.ok()) return status;
  return Dataset{folder.name, {3, image_size, image_size}, std::move(values), std::move(labels), folder.class_names};
}

}  // namespace dl
