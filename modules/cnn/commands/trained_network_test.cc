#include "modules/cnn/commands/trained_network.h"

#include "datasets/catalog.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"
#include "modules/cnn/network_by_name.h"
#include "modules/training/checkpoint.h"

namespace dl {
namespace {

using ::testing::HasSubstr;

std::string Folder(const std::string& name) { return ::testing::TempDir() + "/" + name; }

TrainTest Glyphs() { return *LoadDataset("glyphs", {.train_size = 50, .test_size = 30}); }

NetworkRecord Record(const Dataset& train) {
  NetworkRecord record = MakeRecord({.model = "mlp", .dataset = "folder:/a, b", .rate = 1.0 / 3}, train);
  record.class_names[0] = "ants, \"and\" bees";
  return record;
}

// A checkpoint of a network that was never trained, in `folder`.
Sequential Save(const std::string& folder, const NetworkRecord& record) {
  Random random(5);
  Sequential net = *NetworkByName("mlp", {.image = record.image, .classes = record.num_classes()}, random);
  Checkpoint checkpoint = {.settings = record.ToText()};
  ModelState weights(net);
  AddState("model.", weights, checkpoint.state);
  EXPECT_TRUE(MakeFolder(folder).ok());
  EXPECT_TRUE(WriteCheckpoint(folder + "/last.safetensors", checkpoint).ok());
  return net;
}

TEST(TrainedNetworkTest, TheRecordComesBackAsItWas) {
  const NetworkRecord record = Record(Glyphs().train);
  const auto back = NetworkRecord::FromText("x", record.ToText());
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->ToText(), record.ToText());
  EXPECT_EQ(back->settings.rate, 1.0 / 3);
  EXPECT_EQ(back->settings.dataset, "folder:/a, b");
  EXPECT_EQ(back->image, (Shape{1, 28, 28}));
  EXPECT_EQ(back->class_names, record.class_names);
  EXPECT_EQ(back->normalization.mean, record.normalization.mean);
  EXPECT_EQ(back->normalization.deviation, record.normalization.deviation);
  EXPECT_EQ(back->fingerprint, Fingerprint(Glyphs().train));
}

TEST(TrainedNetworkTest, WhatIsNotNormalizedStaysInZeroToOne) {
  const NetworkRecord record = MakeRecord({.normalize = false}, Glyphs().train);
  EXPECT_EQ(record.normalization.mean, std::vector<float>{0});
  EXPECT_EQ(record.normalization.deviation, std::vector<float>{1});
}

TEST(TrainedNetworkTest, OtherSettingsAreRefused) {
  const std::map<std::string, std::string> good = Record(Glyphs().train).ToText();
  const auto expect_refused = [&](const std::string& key, const std::string& value) {
    std::map<std::string, std::string> text = good;
    text[key] = value;
    const absl::Status status = NetworkRecord::FromText("x", text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << key;
    EXPECT_EQ(
        status.message(),
        "x cannot be used: its settings are not those of a network that `bazel run //modules/cnn -- train` saved");
  };
  expect_refused("more", "1");
  expect_refused("epochs", "many");
  expect_refused("image", "");
  expect_refused("class_names", "[");
  expect_refused("mean", "1,2");
  expect_refused("deviation", "");
  std::map<std::string, std::string> text = good;
  text.erase("model");
  EXPECT_EQ(NetworkRecord::FromText("x", text).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(TrainedNetworkTest, LoadsFromTheFolderAndFromTheFile) {
  const TrainTest data = Glyphs();
  const NetworkRecord record = Record(data.train);
  Sequential saved = Save(Folder("saved"), record);
  const auto expected = PredictAs(record, saved, data.test);
  ASSERT_TRUE(expected.ok());
  for (const std::string& path : {Folder("saved"), Folder("saved") + "/last.safetensors"}) {
    auto loaded = LoadTrainedNetwork(path);
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    const auto answers = PredictAs(loaded->record, loaded->net, data.test);
    ASSERT_TRUE(answers.ok());
    EXPECT_EQ(answers->probabilities.values()[0], expected->probabilities.values()[0]);
  }
}

TEST(TrainedNetworkTest, WhatIsNoCheckpointIsRefused) {
  EXPECT_EQ(LoadTrainedNetwork(Folder("nowhere")).status().code(), absl::StatusCode::kFailedPrecondition);
  NetworkRecord record = Record(Glyphs().train);
  record.settings.model = "no network";
  Save(Folder("unknown"), record);
  const absl::Status unknown = LoadTrainedNetwork(Folder("unknown")).status();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("unknown model 'no network'"));
  record.settings.model = "lenet";  // the weights are another network's
  Save(Folder("other"), record);
  EXPECT_EQ(LoadTrainedNetwork(Folder("other")).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(TrainedNetworkTest, ExamplesMustBeWhatTheNetworkReads) {
  const TrainTest data = Glyphs();
  const NetworkRecord record = MakeRecord({.model = "mlp"}, data.train);
  EXPECT_TRUE(CheckExamples(record, data.test).ok());
  const absl::Status larger = CheckExamples(record, LoadDataset("shapes", {.train_size = 10, .test_size = 1})->test);
  EXPECT_EQ(larger.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(larger.message(),
            "the network reads examples of [1, 28, 28], and shapes has [3, 32, 32]: choose another --dataset or "
            "--image_size");
  NetworkRecord six = record;
  six.settings.views = 6;
  EXPECT_TRUE(CheckExamples(six, data.test).ok());
  for (const Shape& image : {Shape{2}, Shape{3, 1, 8}, Shape{3, 8, 1}}) {
    EXPECT_EQ(CheckViews(6, image).code(), absl::StatusCode::kInvalidArgument);
    EXPECT_TRUE(CheckViews(1, image).ok());
  }
  Dataset renamed = data.test;
  renamed.class_names[3] = "drei";
  EXPECT_EQ(CheckExamples(record, renamed).code(), absl::StatusCode::kInvalidArgument);
}

// A network that knows left from right answers otherwise to a mean over mirrored views.
TEST(TrainedNetworkTest, ViewsAndPrecisionAreThoseOfTheSettings) {
  const TrainTest data = Glyphs();
  NetworkRecord record = MakeRecord({.model = "mlp"}, data.train);
  Random random(5);
  Sequential net = *NetworkByName("mlp", {.image = record.image}, random);
  const float plain = PredictAs(record, net, data.test)->probabilities.values()[0];
  record.settings.views = 6;
  EXPECT_NE(PredictAs(record, net, data.test)->probabilities.values()[0], plain);
}

}  // namespace
}  // namespace dl
