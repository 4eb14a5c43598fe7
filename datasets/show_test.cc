// The program as a user runs it: what it prints, what it writes, and how it ends.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

using testing::EndsWith;
using testing::HasSubstr;

struct Ending {
  int exit_code;
  std::string output;  // standard output and error together
};

// Runs the program with `flags` as a user in the empty folder ShowTest::folder() would.
class ShowTest : public testing::Test {
 protected:
  ShowTest() {
    fs::remove_all(folder());
    fs::create_directories(folder());
    setenv("BUILD_WORKING_DIRECTORY", folder().c_str(), 1);
    setenv("DL_DATASETS", "nowhere", 1);
  }

  static std::string folder() { return testing::TempDir() + "show"; }

  Ending Show(const std::string& flags) {
    const std::string log = testing::TempDir() + "/show.log";
    const int status = std::system(("datasets/show " + flags + " > " + log + " 2>&1").c_str());
    std::ifstream file(log);
    return {WEXITSTATUS(status), {std::istreambuf_iterator<char>(file), {}}};
  }

  // Expects that the program ends with `exit_code`, says `why` in one line, and writes nothing.
  void ExpectFailure(const std::string& flags, int exit_code, const std::string& why) {
    const Ending run = Show(flags);
    EXPECT_EQ(run.exit_code, exit_code) << run.output;
    EXPECT_THAT(run.output, HasSubstr("error: " + why));
    EXPECT_EQ(std::count(run.output.begin(), run.output.end(), '\n'), 1) << run.output;
    EXPECT_TRUE(fs::is_empty(folder()));
  }
};

TEST_F(ShowTest, DrawsEveryGeneratedSetAndPrintsThePathLast) {
  for (const std::string name : {"glyphs", "shapes", "moons", "circles", "spirals", "blobs"}) {
    const Ending run = Show("--dataset=" + name + " --train_size=100 --test_size=10");
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, EndsWith(folder() + "/" + name + ".png\n"));
    EXPECT_GT(fs::file_size(folder() + "/" + name + ".png"), 1000u);
  }
}

TEST_F(ShowTest, WritesWhereTheUserWants) {
  EXPECT_EQ(Show("--train_size=10 --part=test --output=digits.png").exit_code, 0);
  EXPECT_TRUE(fs::exists(folder() + "/digits.png"));
}

TEST_F(ShowTest, APictureOfAFolderIsNamedAfterIt) {
  Files files;
  for (const char* part : {"train", "test"}) {
    for (const char* name : {"black", "white"})
      files[std::string(part) + "/" + name + "/1.png"] = PngBytes(Image(9, 7));
  }
  WriteArchive(EmptyFolder("archive") + "/greys.zip", files);
  const Ending run = Show("--dataset=folder:../archive/greys.zip --image_size=16");
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_THAT(run.output, HasSubstr("greys, train: 2 examples [3, 16, 16]"));
  EXPECT_THAT(run.output, EndsWith(folder() + "/greys.png\n"));
}

TEST_F(ShowTest, UsageErrorsEndWith2) {
  ExpectFailure("--datset=glyphs", 2, "unknown flag '--datset'; did you mean '--dataset'?");
  ExpectFailure("--dataset=glyph", 2, "unknown dataset 'glyph'; did you mean 'glyphs'?");
  ExpectFailure("--train_size=-1", 2, "train_size is -1");
  ExpectFailure("--part=validation", 2, "flag --part=validation is not valid: train or test");
  ExpectFailure("--examples=0", 2, "flag --examples=0 is not valid: 1 to 200");
  ExpectFailure("--dataset=folder:x --image_size=0", 2, "image_size is 0");
  ExpectFailure("moons", 2, "'moons' is not a flag; did you mean --dataset=moons?");
}

TEST_F(ShowTest, MissingDataEndsWith4) {
  ExpectFailure("--dataset=cifar10", 4, "none of cifar-10-batches-bin/, cifar-10-binary.tar.gz, cifar10-jpeg.tar and ");
  ExpectFailure("--dataset=folder:photos", 4, "cannot read " + folder() + "/photos: no such file or folder");
  ExpectFailure("--dataset=mnist", 4, "no file " + folder() + "/nowhere/mnist/train-images-idx3-ubyte[.gz]; type bazel ");
}

TEST_F(ShowTest, AnUnwritableOutputEndsWith6) {
  ExpectFailure("--train_size=10 --output=no/such/folder.png", 6, "cannot write " + folder() + "/no/such/folder.png");
}

}  // namespace
}  // namespace dl
