#include "datasets/part_file.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>

#include "datasets/testing.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

TEST(PartFileTest, WhatHasComeStaysAndAnEmptyOneGoes) {
  const std::string path = EmptyFolder("part") + "/a";
  {
    const auto part = PartFile::Lock(path);
    ASSERT_TRUE(part.ok()) << part.status();
    EXPECT_EQ(part->path(), path + ".part");
    EXPECT_EQ(part->size(), 0);
  }
  EXPECT_TRUE(fs::is_empty(testing::TempDir() + "/part"));
  WriteFiles(testing::TempDir() + "/part", {{"a.part", "12345"}, {"a.part.etag", "\"tag\"\n"}});
  {
    auto part = PartFile::Lock(path);
    EXPECT_EQ(part->size(), 5);
    EXPECT_EQ(part->ETag(), "\"tag\"");
  }
  EXPECT_EQ(*ReadFile(path + ".part"), "12345");
  {
    auto part = PartFile::Lock(path);
    part->Clear();
    EXPECT_EQ(part->size(), 0);
    EXPECT_EQ(part->ETag(), "");
  }
  EXPECT_TRUE(fs::is_empty(testing::TempDir() + "/part"));
}

TEST(PartFileTest, AWeakTagPromisesNothing) {
  const std::string path = EmptyFolder("weak") + "/a";
  WriteFiles(testing::TempDir() + "/weak", {{"a.part", "12345"}, {"a.part.etag", "W/\"tag\"\n"}});
  EXPECT_EQ(PartFile::Lock(path)->ETag(), "");
}

TEST(PartFileTest, OneAtATimeAlsoWhereTheFirstMovesItAway) {
  const std::string path = EmptyFolder("lock") + "/a";
  auto first = std::make_unique<absl::StatusOr<PartFile>>(PartFile::Lock(path));
  WriteFiles(testing::TempDir() + "/lock", {{"a.part", "first"}, {"a.part.etag", "\"tag\"\n"}});
  std::atomic<bool> locked = false;
  std::thread second([&] {
    const auto part = PartFile::Lock(path);
    locked = true;
    EXPECT_EQ(part->size(), 0) << "the lock is on the file that was moved away";
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_FALSE(locked);
  ASSERT_TRUE((*first)->Finish().ok());
  first.reset();
  second.join();
  EXPECT_TRUE(locked);
  EXPECT_EQ(*ReadFile(path), "first");
  EXPECT_FALSE(fs::exists(path + ".part") || fs::exists(path + ".part.etag"));
}

TEST(PartFileTest, AFolderThatCannotBeWrittenIsNamed) {
  EXPECT_EQ(PartFile::Lock("/no/such/folder/a").status().code(), absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace dl
