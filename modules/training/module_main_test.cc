#include "modules/training/module_main.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"
#include "modules/primitives/threads.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

// Answers at once: its summary is the value of its flag.
class Echo : public Experiment {
 public:
  std::string name() const override { return "echo"; }
  std::string question() const override { return "What was said?"; }
  void AddFlags(FlagSet& flags) override { flags.Add("value", &value_, "what to say"); }
  void UseDemoSize() override { value_ = 1; }
  absl::StatusOr<ExperimentResult> Run(Progress&) override {
    if (value_ == 13) return absl::AbortedError("unlucky");
    ExperimentResult result{.metrics = Table({"value"}), .summary = Table({"value"}), .seeds = {4}, .datasets = {}};
    result.metrics.AddRow({value_});
    result.summary.AddRow({value_});
    result.files["echo.txt"] = absl::StrCat(value_);
    return result;
  }

 private:
  int value_ = 7;
};

class Absent : public Experiment {
 public:
  std::string name() const override { return "absent"; }
  std::string question() const override { return "What is not here?"; }
  void AddFlags(FlagSet&) override {}
  void UseDemoSize() override {}
  absl::StatusOr<ExperimentResult> Run(Progress&) override { return absl::NotFoundError("nothing here"); }
};

struct Outcome {
  int code;
  std::string out, err;
};

Outcome RunProgram(std::vector<std::string> words) {
  Module module{.name = "echoes",
                .about = "An echo.",
                .experiments = MakeExperiments<Echo, Absent>(),
                .next = {"run echo --value=2"}};
  words.insert(words.begin(), "program");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int code = ModuleMain(static_cast<int>(argv.size()), argv.data(), std::move(module));
  return {code, ::testing::internal::GetCapturedStdout(), ::testing::internal::GetCapturedStderr()};
}

std::string Folder(const std::string& name) { return ::testing::TempDir() + "/" + name; }

TEST(ModuleMainTest, ListNamesTheQuestions) {
  const Outcome outcome = RunProgram({"list"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "experiment  question\necho        What was said?\nabsent      What is not here?\n");
}

TEST(ModuleMainTest, RunWritesTheThreeFilesAndTheFlagsInForce) {
  const std::string folder = Folder("run");
  const Outcome outcome = RunProgram({"run", "echo", "--value=42", "--output_dir=" + folder});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(*ReadFile(folder + "/metrics.csv"), "value\n42\n");
  EXPECT_EQ(*ReadFile(folder + "/summary.csv"), "value\n42\n");
  const auto json = nlohmann::json::parse(*ReadFile(folder + "/run.json"));
  EXPECT_EQ(json["experiment"], "echo");
  EXPECT_EQ(json["status"], "complete");
  EXPECT_EQ(json["flags"], (nlohmann::json{{"value", "42"}}));
  EXPECT_EQ(json["seeds"], (nlohmann::json{4}));
  EXPECT_TRUE(json["versions"].contains("oneDNN"));
  EXPECT_TRUE(json["machine"].contains("cpu"));
  EXPECT_EQ(outcome.out.substr(outcome.out.rfind("Results: ")), "Results: " + folder + "\n");
}

TEST(ModuleMainTest, TheTourRunsEverythingAtDemoSizeAndSaysWhere) {
  const std::string folder = Folder("tour");
  const Outcome outcome = RunProgram({"--output_dir=" + folder});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(*ReadFile(folder + "/echo/summary.csv"), "value\n1\n");
  EXPECT_THAT(outcome.out, HasSubstr("1/2 echo: What was said?\n"));
  EXPECT_THAT(outcome.out, HasSubstr("2/2 absent: What is not here?\nnot run: nothing here\n"));
  EXPECT_THAT(outcome.out,
              EndsWith("\nTry next:\n  bazel run //modules/echoes -- run echo --value=2\nResults and figures: " +
                       folder + "\n"));
}

TEST(ModuleMainTest, TheNameOfAnExperimentRunsIt) {
  const std::string folder = Folder("short");
  EXPECT_EQ(RunProgram({"echo", "--value=42", "--output_dir=" + folder}).code, 0);
  EXPECT_EQ(*ReadFile(folder + "/summary.csv"), "value\n42\n");
}

TEST(ModuleMainTest, AnExperimentsOwnFilesAreKept) {
  const std::string folder = Folder("files");
  EXPECT_EQ(RunProgram({"echo", "--output_dir=" + folder}).code, 0);
  EXPECT_EQ(*ReadFile(folder + "/echo.txt"), "7");
}

TEST(ModuleMainTest, MissingDataExitFour) {
  const Outcome outcome = RunProgram({"absent", "--output_dir=" + Folder("absent")});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(outcome.err, "error: nothing here\n");
}

TEST(ModuleMainTest, MistakesOfTheUserAreOneLineAndExitTwo) {
  const auto expect = [](const std::vector<std::string>& words, const std::string& error) {
    const Outcome outcome = RunProgram(words);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err, "error: " + error + "\n");
  };
  expect({"run", "ecko"}, "unknown experiment 'ecko'; did you mean 'echo'?; valid: echo, absent");
  expect({"lists"}, "unknown command 'lists'; did you mean 'list'?; valid: list, run, echo, absent");
  expect({"run"}, "run wants the name of an experiment; bazel run //modules/echoes -- list names them");
  expect(
      {"run", "echo", "--valve=1"},
      "unknown flag '--valve'; did you mean '--value'?; valid: --value, --output_dir, --data_dir, --threads, --help");
  expect({"run", "echo", "more"}, "unexpected word 'more'");
  expect({"list", "more"}, "unexpected word 'more'");
  for (const std::string threads : {"-1", "1000000"}) {
    const std::string error = "flag --threads wants a number of 0 to 1024, not " + threads;
    expect({"--threads=" + threads}, error);
    expect({"run", "echo", "--threads=" + threads}, error);
  }
}

TEST(ModuleMainTest, HelpFitsAScreenAndExitsZero) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--help"}, {"run", "--help"}, {"run", "echo", "--help"}}) {
    const Outcome outcome = RunProgram(words);
    EXPECT_EQ(outcome.code, 0);
    EXPECT_LT(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 24);
  }
}

TEST(ModuleMainTest, TheTourHeedsTheNumberOfThreads) {
  EXPECT_EQ(RunProgram({"--threads=3", "--output_dir=" + Folder("threads")}).code, 0);
  EXPECT_EQ(ThreadCount(), 3);
  SetThreadCount(1);
}

TEST(ModuleMainTest, AFailedRunLeavesAFolderThatStoodBefore) {
  const std::string folder = Folder("stood");
  std::filesystem::create_directory(folder);
  EXPECT_EQ(RunProgram({"run", "echo", "--value=13", "--output_dir=" + folder + "/new"}).code, 3);
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST(ModuleMainTest, AFailedRunWritesNothing) {
  const std::string folder = Folder("failed/deep/");
  const Outcome outcome = RunProgram({"run", "echo", "--value=13", "--output_dir=" + folder});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.err, "error: unlucky\n");
  EXPECT_FALSE(std::filesystem::exists(Folder("failed")));
}

TEST(ModuleMainTest, AnUnwritableFolderExitsSix) {
  const Outcome outcome = RunProgram({"run", "echo", "--output_dir=/dev/null/x"});
  EXPECT_EQ(outcome.code, 6);
  EXPECT_EQ(outcome.out, "");  // before the run, not after it
}

}  // namespace
}  // namespace dl
