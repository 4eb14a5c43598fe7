#include "datasets/testing.h"

#include <archive.h>
#include <archive_entry.h>

#include <clocale>
#include <filesystem>
#include <fstream>

#include "datasets/png_writer.h"
#include "gtest/gtest.h"
#include "modules/base/check.h"
#include "modules/base/file.h"

namespace dl {

namespace fs = std::filesystem;

std::string EmptyFolder(const std::string& name) {
  const fs::path folder = fs::path(testing::TempDir()) / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder.string();
}

std::string PngBytes(const Image& image) {
  const std::string path = testing::TempDir() + "/encoding.png";
  DL_CHECK(WritePng(path, image).ok()) << path;
  return ReadFile(path).value();
}

void WriteFiles(const std::string& folder, const Files& files) {
  for (const auto& [name, content] : files) {
    const fs::path path = fs::path(folder) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
  }
}

void WriteArchive(const std::string& path, const Files& files) {
  const std::string locale = std::setlocale(LC_CTYPE, nullptr);
  std::setlocale(LC_CTYPE, "C.UTF-8");  // that of the names
  archive* writer = archive_write_new();
  path.ends_with(".zip") ? archive_write_set_format_zip(writer) : archive_write_set_format_pax_restricted(writer);
  if (path.ends_with(".zip")) archive_write_set_options(writer, "hdrcharset=UTF-8");
  if (path.ends_with(".gz")) archive_write_add_filter_gzip(writer);
  DL_CHECK(archive_write_open_filename(writer, path.c_str()) == ARCHIVE_OK) << archive_error_string(writer);
  for (const auto& [name, content] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<int64_t>(content.size()));
    archive_write_header(writer, entry);
    archive_write_data(writer, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_free(writer);
  std::setlocale(LC_CTYPE, locale.c_str());
}

}  // namespace dl
