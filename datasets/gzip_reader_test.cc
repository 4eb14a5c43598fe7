#include "datasets/gzip_reader.h"

#include <sys/stat.h>
#include <zlib.h>

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;

std::string Write(const std::string& name, const std::string& bytes) {
  const std::string path = testing::TempDir() + "/" + name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string Gzip(const std::string& content) {
  const std::string path = testing::TempDir() + "/packing.gz";
  gzFile file = gzopen(path.c_str(), "wb");
  EXPECT_EQ(gzwrite(file, content.data(), content.size()), static_cast<int>(content.size()));
  gzclose(file);
  std::ifstream packed(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(packed), {}};
}

// All of a file, read `step` bytes at a time.
absl::StatusOr<std::string> Content(const std::string& path, size_t step = 1000) {
  absl::StatusOr<GzipReader> reader = GzipReader::Open(path);
  if (!reader.ok()) return reader.status();
  std::string content;
  std::vector<uint8_t> piece(step);
  while (true) {
    const absl::StatusOr<size_t> read = reader->Read(absl::MakeSpan(piece));
    if (!read.ok()) return read.status();
    content.append(piece.begin(), piece.begin() + *read);
    if (*read < step) return content;
  }
}

// 300,000 bytes that do not pack well, so that the packed file is read in several turns.
std::string Noise() {
  std::string noise;
  for (uint32_t i = 0, x = 1; i < 300000; ++i) noise += static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
  return noise;
}

TEST(GzipReaderTest, ReadsPlainAndPackedFilesAlike) {
  for (const std::string& content : {std::string(), std::string("x"), std::string("hello"), Noise()}) {
    EXPECT_EQ(*Content(Write("plain", content)), content);
    EXPECT_EQ(*Content(Write("packed", Gzip(content))), content);
    EXPECT_EQ(*Content(Write("packed", Gzip(content)), 100001), content);
  }
}

TEST(GzipReaderTest, AReaderMayBeMoved) {
  absl::StatusOr<GzipReader> first = GzipReader::Open(Write("packed", Gzip("hello")));
  GzipReader second = *std::move(first);
  uint8_t bytes[5];
  EXPECT_EQ(*second.Read(absl::MakeSpan(bytes)), 5u);
  EXPECT_EQ(std::string(bytes, bytes + 5), "hello");
}

TEST(GzipReaderTest, RefusesACutFile) {
  const std::string packed = Gzip(Noise());
  for (size_t size : {size_t{2}, size_t{12}, packed.size() / 2, packed.size() - 1}) {
    const absl::Status status = Content(Write("cut.gz", packed.substr(0, size))).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << size;
    EXPECT_THAT(std::string(status.message()), HasSubstr("cut.gz is a damaged gzip file: it ends too early"));
  }
}

TEST(GzipReaderTest, RefusesAFlippedBitAnywhereBehindTheHeader) {
  const std::string packed = Gzip("the quick brown fox jumps over the lazy dog");
  for (size_t i = 10; i < packed.size(); ++i) {
    std::string flipped = packed;
    flipped[i] ^= 1;
    EXPECT_EQ(Content(Write("flipped.gz", flipped)).status().code(), absl::StatusCode::kDataLoss) << i;
  }
}

TEST(GzipReaderTest, RefusesBytesBehindTheEnd) {
  const absl::Status status = Content(Write("long.gz", Gzip("hello") + "x")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("more bytes follow its end"));
}

TEST(GzipReaderTest, NamesAFileThatCannotBeRead) {
  const absl::Status missing = Content(testing::TempDir() + "/missing").status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.message()), HasSubstr("/missing cannot be read: No such file"));
  EXPECT_THAT(std::string(Content(testing::TempDir()).status().message()), HasSubstr("Is a directory"));
}

}  // namespace
}  // namespace dl
