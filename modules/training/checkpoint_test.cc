#include "modules/training/checkpoint.h"

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"
#include "modules/optimizers/weight_average.h"
#include "modules/training/safetensors.h"

namespace dl {
namespace {

std::string Path(const std::string& name) { return ::testing::TempDir() + "/" + name; }

std::vector<float> Values(const Layer& layer) {
  std::vector<float> values;
  for (const Variable& v : Variables(layer)) {
    values.insert(values.end(), v.value().values().begin(), v.value().values().end());
  }
  return values;
}

Sequential Net(uint64_t seed, int64_t hidden = 3) {
  Random random(seed);
  return Mlp({2, hidden, 2}, Elementwise::kReLU, random);
}

// Of a run in its third epoch; the average has the weights of Net(2).
Checkpoint Sample(Layer& net, bool with_average) {
  Checkpoint c;
  c.settings = {{"model", "mlp"}, {"seed", "7"}};
  c.random = Random(7, 1ull << 63);
  for (int i = 0; i < 5; ++i) c.random.Bits();
  c.epoch = 2;
  c.batch = 3;
  c.mean = {0.1 + 0.2, 40, 64};
  c.epochs = {{1, {1.0 / 3, 0.5}, {0.25, 0.75}}, {2, {0.2, 0.9}, {0.1, 1}}};
  ModelState weights(net);
  AddState("model.", weights, c.state);
  Sequential other = Net(2);
  WeightAverage average(Variables(other), 0.5);
  if (with_average) AddState("average.", average, c.state);
  c.state.counts["optimizer.step"] = 19;
  return c;
}

TEST(CheckpointTest, ComesBackAsItWas) {
  Sequential net = Net(1);
  const Checkpoint c = Sample(net, false);
  ASSERT_TRUE(WriteCheckpoint(Path("all"), c).ok());
  const auto read = ReadCheckpoint(Path("all"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->settings, c.settings);
  EXPECT_EQ(read->random.state(), c.random.state());
  EXPECT_EQ(read->epoch, 2);
  EXPECT_EQ(read->batch, 3);
  EXPECT_EQ(read->mean.loss, 0.1 + 0.2);
  EXPECT_EQ(read->mean.correct, 40);
  EXPECT_EQ(read->mean.examples, 64);
  ASSERT_EQ(read->epochs.size(), 2u);
  EXPECT_EQ(read->epochs[0].train.loss, 1.0 / 3);
  EXPECT_EQ(read->epochs[1].epoch, 2);
  EXPECT_EQ(read->epochs[1].train.accuracy, 0.9);
  EXPECT_EQ(read->epochs[1].test.loss, 0.1);
  EXPECT_EQ(read->epochs[1].test.accuracy, 1);
  EXPECT_EQ(read->state.counts, c.state.counts);
  EXPECT_EQ(read->state.tensors.size(), 4u);
}

TEST(CheckpointTest, NamesAreThoseOfTheModel) {
  Sequential net = Net(1);
  ASSERT_TRUE(WriteCheckpoint(Path("names"), Sample(net, true)).ok());
  const SafeTensors file = *ReadSafeTensors(Path("names"));
  std::vector<std::string> names;
  for (const auto& entry : file.tensors) names.push_back(entry.first);
  EXPECT_THAT(names, testing::ElementsAre("average.0", "average.1", "average.2", "average.3", "model.0.bias",
                                          "model.0.weight", "model.2.bias", "model.2.weight", "optimizer.step",
                                          "run.counted", "run.epochs", "run.loss", "run.position", "run.random"));
}

TEST(CheckpointTest, AModelIsLoadedForEvaluation) {
  Sequential net = Net(1), loaded = Net(3);
  ASSERT_TRUE(WriteCheckpoint(Path("weights"), Sample(net, false)).ok());
  ASSERT_TRUE(LoadModel(Path("weights"), loaded).ok());
  EXPECT_EQ(Values(loaded), Values(net));
  ASSERT_TRUE(WriteCheckpoint(Path("average"), Sample(net, true)).ok());
  ASSERT_TRUE(LoadModel(Path("average"), loaded).ok());
  EXPECT_EQ(Values(loaded), Values(Net(2)));
  Sequential wide = Net(1, 4);
  const absl::Status status = LoadModel(Path("weights"), wide);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()),
              testing::EndsWith("weights cannot be used: model.0.weight is f32 [3, 2], it should be f32 [4, 2]"));
}

TEST(CheckpointTest, OtherSettingsAreNamed) {
  EXPECT_TRUE(CheckSettings("c", {{"a", "1"}}, {{"a", "1"}}).ok());
  const absl::Status status =
      CheckSettings("c", {{"a", "1"}, {"b", "2"}, {"d", "4"}}, {{"a", "1"}, {"b", "3"}, {"e", "5"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(),
            "c cannot be used: its run had other settings: b 2 (now 3), d 4 (now nothing), e nothing (now 5); give the "
            "same ones, or begin anew");
}

TEST(CheckpointTest, OtherFilesAreRefused) {
  Sequential net = Net(1);
  ASSERT_TRUE(WriteCheckpoint(Path("good"), Sample(net, false)).ok());
  const auto refused = [&](const std::function<void(SafeTensors&)>& change) {
    SafeTensors file = *ReadSafeTensors(Path("good"));
    change(file);
    EXPECT_TRUE(WriteSafeTensors(Path("bad"), file).ok());
    const absl::Status status = ReadCheckpoint(Path("bad")).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    const std::string message(status.message());
    EXPECT_EQ(message.find(Path("bad") + " cannot be used: "), 0u) << message;
    return message.substr(message.rfind(": ") + 2);
  };
  const std::string rest = " is missing or not what it should be";
  EXPECT_EQ(refused([](SafeTensors& f) { f.metadata.clear(); }), "it holds weights only");
  for (const std::string name : {"run.random", "run.position", "run.counted", "run.loss", "run.epochs"}) {
    EXPECT_EQ(refused([&](SafeTensors& f) { f.tensors.erase(name); }), name + rest);
    EXPECT_EQ(refused([&](SafeTensors& f) { f.tensors[name] = Tensor::Zeros({1}); }), name + rest);
    EXPECT_EQ(refused([&](SafeTensors& f) { f.tensors[name] = Numbers<int64_t>{{1}, {1}}; }), name + rest);
  }
  const auto position = [](std::vector<int64_t> at) {
    return [at](SafeTensors& f) { f.tensors["run.position"] = Numbers<int64_t>{{2}, at}; };
  };
  EXPECT_EQ(refused(position({-1, 0})), "run.position" + rest);
  EXPECT_EQ(refused(position({2, -1})), "run.position" + rest);
  EXPECT_EQ(refused(position({int64_t{1} << 62, 0})), "run.epochs" + rest);
  EXPECT_EQ(refused(position({3, 0})), "run.epochs" + rest);  // of which there are two
  EXPECT_EQ(refused([](SafeTensors& f) { f.tensors["x"] = Numbers<uint8_t>{{1}, {1}}; }), "x" + rest);
  EXPECT_EQ(refused([](SafeTensors& f) { f.tensors["x"] = Numbers<int64_t>{{2}, {1, 2}}; }), "x" + rest);
}

}  // namespace
}  // namespace dl
