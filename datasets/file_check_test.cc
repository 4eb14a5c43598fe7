#include "datasets/file_check.h"

#include <filesystem>

#include "datasets/sha256.h"
#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;

std::string HashOf(const std::string& bytes) {
  Sha256 hash;
  hash.Update(bytes.data(), bytes.size());
  return hash.HexDigest();
}

// The result for a file of that name and content, "" or the failure's message.
std::string Check(const std::string& content, RemoteFile file) {
  const std::string folder = EmptyFolder("check");
  WriteFiles(folder, {{file.path, content}});
  const auto sha256 = CheckedSha256(folder + "/" + file.path, file);
  EXPECT_TRUE(sha256.ok() ? *sha256 == HashOf(content) : absl::IsDataLoss(sha256.status())) << sha256.status();
  return std::string(sha256.status().message());
}

TEST(FileCheckTest, TheHashDecides) {
  const std::string content(700000, 'x');  // more than is read at once
  EXPECT_EQ(Check(content, {.path = "a.gz", .urls = {}, .bytes = 700000, .sha256 = HashOf(content)}), "");
  const std::string other = content.substr(1) + "y";
  EXPECT_EQ(Check(other, {.path = "a.gz", .urls = {}, .bytes = 700000, .sha256 = HashOf(content)}),
            "its SHA-256 is " + HashOf(other) + " instead of " + HashOf(content));
}

TEST(FileCheckTest, AWrongSizeOrAWebPageIsCalledSo) {
  const RemoteFile file = {.path = "a.bin", .urls = {}, .bytes = 3, .sha256 = HashOf("abc")};
  EXPECT_EQ(Check("ab", file), "it has 2 bytes instead of 3");
  EXPECT_EQ(Check("", file), "it has 0 bytes instead of 3");
  for (const std::string page : {"<!DOCTYPE html><p>", "\n <html><body>Please log in", "<HTML>"}) {
    EXPECT_EQ(Check(page, file), "it is a web page (HTML), not the file");
  }
  EXPECT_EQ(Check("<!DOCTYPE html><p>", {.path = "a.bin", .urls = {}}), "it is a web page (HTML), not the file");
}

TEST(FileCheckTest, WithoutAHashAFileBeginsAsItsKindDoes) {
  EXPECT_EQ(Check("\x1f\x8b...", {.path = "a.tar.gz", .urls = {}}), "");
  EXPECT_EQ(Check("oh no", {.path = "a.tar.gz", .urls = {}}), "it does not begin as a .gz file does");
  EXPECT_EQ(Check("PK\x03\x04...", {.path = "a.zip", .urls = {}}), "");
  EXPECT_EQ(Check("PK", {.path = "a.zip", .urls = {}}), "it does not begin as a .zip file does");
  EXPECT_EQ(Check("12345678{}", {.path = "a.safetensors", .urls = {}}), "");
  for (const std::string bytes : {"12345678[]", "", "12345678", "PK\x03\x04 1234567"}) {
    EXPECT_EQ(Check(bytes, {.path = "a.safetensors", .urls = {}}), "it does not begin as a .safetensors file does");
  }
  EXPECT_EQ(Check("anything", {.path = "a", .urls = {}}), "");
}

TEST(FileCheckTest, AMirrorMayPackTheSameContentDifferently) {
  const std::string folder = EmptyFolder("packed");
  WriteArchive(folder + "/a.tar", {{"x", "content"}});
  WriteArchive(folder + "/a.tar.gz", {{"x", "content"}});
  const auto unpacked = CheckedSha256(folder + "/a.tar", {.path = "a.tar", .urls = {}});
  ASSERT_TRUE(unpacked.ok());
  RemoteFile file = {.path = "a.tar.gz", .urls = {}, .bytes = 7, .sha256 = HashOf("x"), .unpacked_sha256 = *unpacked};
  EXPECT_TRUE(CheckedSha256(folder + "/a.tar.gz", file).ok());
  file.unpacked_sha256 = HashOf("other content");
  EXPECT_FALSE(CheckedSha256(folder + "/a.tar.gz", file).ok());
}

TEST(FileCheckTest, AMissingFileIsNotFound) {
  EXPECT_EQ(CheckedSha256("/no/such/file", {.path = "file", .urls = {}}).status().code(), absl::StatusCode::kNotFound);
}

TEST(FileCheckTest, APinIsTheHashOfAFileThatHasNone) {
  const std::string path = EmptyFolder("pins") + "/a.bin";
  const RemoteFile file = {.path = "a.bin", .urls = {}};
  EXPECT_EQ(WithPin(file, path)->sha256, "");
  ASSERT_TRUE(Pin(path, HashOf("abc")).ok());
  EXPECT_EQ(WithPin(file, path)->sha256, HashOf("abc"));
  RemoteFile published = file;
  published.sha256 = HashOf("published");
  EXPECT_EQ(WithPin(published, path)->sha256, HashOf("published"));
  WriteFiles(testing::TempDir() + "/pins", {{"a.bin", "abc"}});
  EXPECT_EQ(std::system(("cd " + testing::TempDir() + "/pins && sha256sum --check --quiet a.bin.sha256").c_str()), 0);
  WriteFiles(testing::TempDir() + "/pins", {{"a.bin.sha256", "what"}});
  EXPECT_EQ(WithPin(file, path).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(WithPin(file, path).status().message()),
              HasSubstr("a.bin.sha256 holds no SHA-256; delete it"));
}

}  // namespace
}  // namespace dl
