#include "modules/transfer/load_weights.h"

#include <cmath>
#include <cstdlib>
#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/mlp.h"
#include "modules/base/file.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/resnet.h"
#include "modules/cnn/vgg.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<Parameter> All(const Layer& model) {
  std::vector<Parameter> all = model.Parameters();
  for (Parameter& buffer : model.Buffers()) all.push_back(std::move(buffer));
  return all;
}

// All that `model` holds, under `prefix` and its names; each number different from all others.
SafeTensors FileFor(const Layer& model, const std::string& prefix = "") {
  SafeTensors file;
  float next = 0;
  for (const auto& [name, variable] : All(model)) {
    Tensor tensor(variable.shape());
    for (int64_t i = 0; i < tensor.size(); ++i) tensor.mutable_data()[i] = next++;
    file.tensors[prefix + name] = tensor;
  }
  return file;
}

std::vector<float> ValuesOf(const Layer& model, const std::string& name) {
  for (const auto& [own, variable] : All(model)) {
    if (own != name) continue;
    const Tensor plain = ToPlain(variable.value());
    return {plain.values().begin(), plain.values().end()};
  }
  ADD_FAILURE() << "no " << name;
  return {};
}

std::vector<float> ValuesOf(const SafeTensors& file, const std::string& name) {
  const Tensor& tensor = std::get<Tensor>(file.tensors.at(name));
  return {tensor.values().begin(), tensor.values().end()};
}

void ExpectHolds(const Layer& model, const SafeTensors& file, const std::string& prefix = "") {
  for (const Parameter& p : All(model)) EXPECT_EQ(ValuesOf(model, p.name), ValuesOf(file, prefix + p.name)) << p.name;
}

// conv.weight [2, 1, 3, 3], conv.bias; bn.weight, bn.bias, bn.running_mean, bn.running_var; fc.weight [3, 2], fc.bias.
Sequential Small() {
  Random random(1);
  Sequential net;
  net.Add(Conv2d(1, 2, 3, random), "conv").Add(BatchNorm2d(2), "bn").Add(Linear(2, 3, random), "fc");
  return net;
}

// The message of a refusal, which left `model` as it was.
std::string ReasonOf(Sequential& model, const SafeTensors& file, const LoadWeightsOptions& options = {}) {
  std::vector<std::vector<float>> before, after;
  for (const Parameter& p : All(model)) before.push_back(ValuesOf(model, p.name));
  const absl::Status status = LoadWeights(model, file, options).status();
  for (const Parameter& p : All(model)) after.push_back(ValuesOf(model, p.name));
  EXPECT_EQ(before, after);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  EXPECT_EQ(status.message().find('\n'), absl::string_view::npos);
  return std::string(status.message());
}

TEST(LoadWeightsTest, ParametersAndBuffersComeByName) {
  Sequential model = Small();
  SafeTensors file = FileFor(model);
  file.tensors["bn.num_batches_tracked"] = Numbers<int64_t>{{}, {7}};
  const auto report = LoadWeights(model, file);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->complete());
  EXPECT_THAT(report->loaded, ElementsAre("conv.weight", "conv.bias", "bn.weight", "bn.bias", "fc.weight", "fc.bias",
                                          "bn.running_mean", "bn.running_var"));
  EXPECT_EQ(ToString(*report), "8 fit");
  ExpectHolds(model, file);
  model.Parameters()[0].variable.mutable_value().mutable_data()[0] = -1;
  EXPECT_EQ(ValuesOf(file, "conv.weight")[0], 0) << "the file's tensors are its own";
}

TEST(LoadWeightsTest, WhatDoesNotFitIsNamed) {
  Sequential model = Small();
  SafeTensors file = FileFor(model);
  file.tensors.erase("bn.running_var");
  file.tensors["fc.weight"] = Tensor::Zeros({5, 2});
  file.tensors["fc.bias"] = Numbers<int64_t>{{3}, {1, 2, 3}};
  file.tensors["conv.bias"] = Numbers<uint8_t>{{2}, {1, 2}};
  file.tensors["head\n.weight"] = Tensor::Zeros({1});
  EXPECT_EQ(ReasonOf(model, file),
            "the file does not fit the model: 4 fit, 1 missing ('bn.running_var'), 1 unexpected ('head\\n.weight'), 3 "
            "mismatched ('conv.bias' is u8 [2], not f32 [2], 'fc.weight' is f32 [5, 2], not f32 [3, 2], 'fc.bias' is "
            "i64 [3], not f32 [3]); choose the architecture that it is for, or load what fits with --strict=false");
}

TEST(LoadWeightsTest, EachKindOfMisfitIsEnoughToRefuse) {
  Sequential model = Small();
  SafeTensors missing = FileFor(model), unexpected = FileFor(model), mismatched = FileFor(model);
  missing.tensors.erase("fc.bias");
  unexpected.tensors["fc.scale"] = Tensor::Scalar(1);
  mismatched.tensors["conv.weight"] = Tensor::Zeros({2, 1, 9});
  EXPECT_THAT(ReasonOf(model, missing), HasSubstr(": 7 fit, 1 missing ('fc.bias'); "));
  EXPECT_THAT(ReasonOf(model, unexpected), HasSubstr(": 8 fit, 1 unexpected ('fc.scale'); "));
  EXPECT_THAT(ReasonOf(model, mismatched),
              HasSubstr(": 7 fit, 1 mismatched ('conv.weight' is f32 [2, 1, 9], not f32 [2, 1, 3, 3]); "));
}

TEST(LoadWeightsTest, ManyAreCountedAndTheFirstNamed) {
  Sequential model = Small();
  SafeTensors file;
  file.tensors["fc.bias"] = Tensor::Zeros({3});
  EXPECT_THAT(ReasonOf(model, file),
              HasSubstr("1 fit, 7 missing ('conv.weight', 'conv.bias', 'bn.weight', ...); choose"));
}

TEST(LoadWeightsTest, WithoutStrictnessWhatFitsIsLoaded) {
  Sequential model = Small();
  const std::vector<float> head = ValuesOf(model, "fc.weight");
  SafeTensors file = FileFor(model);
  file.tensors["fc.weight"] = Tensor::Zeros({5, 2});
  file.tensors.erase("fc.bias");
  file.tensors["other"] = Tensor::Full({1}, std::nan(""));  // nobody asks for it
  const auto report = LoadWeights(model, file, {.strict = false});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->loaded.size(), 6u);
  EXPECT_THAT(report->missing, ElementsAre("fc.bias"));
  EXPECT_THAT(report->unexpected, ElementsAre("other"));
  ASSERT_EQ(report->mismatched.size(), 1u);
  EXPECT_EQ(report->mismatched[0].name, "fc.weight");
  EXPECT_EQ(ValuesOf(model, "conv.weight"), ValuesOf(file, "conv.weight"));
  EXPECT_EQ(ValuesOf(model, "bn.running_var"), ValuesOf(file, "bn.running_var"));
  EXPECT_EQ(ValuesOf(model, "fc.weight"), head);
}

TEST(LoadWeightsTest, AFileOfWhichNothingFitsIsRefusedEvenSo) {
  Sequential model = Small();
  EXPECT_THAT(ReasonOf(model, FileFor(model, "net."), {.strict = false}), HasSubstr(": 0 fit, 8 missing"));
  EXPECT_THAT(ReasonOf(model, {}, {.strict = false}), testing::EndsWith("; choose the architecture that it is for"));
}

TEST(LoadWeightsTest, NamesMayHaveAPrefix) {
  Sequential model = Small();
  SafeTensors file = FileFor(model, "module.");
  EXPECT_THAT(ReasonOf(model, file), testing::EndsWith("; give --prefix='module.'"));
  EXPECT_THAT(ReasonOf(model, FileFor(model), {.prefix = "module."}), testing::EndsWith("; give --prefix=''"));
  file.tensors["module.bn.num_batches_tracked"] = Numbers<int64_t>{{}, {7}};
  ASSERT_TRUE(LoadWeights(model, file, {.prefix = "module."}).ok());
  ExpectHolds(model, file, "module.");
  file.tensors["epoch"] = Tensor::Scalar(3);
  EXPECT_THAT(ReasonOf(model, file, {.prefix = "module."}), HasSubstr("8 fit, 1 unexpected ('epoch')"));
}

TEST(LoadWeightsTest, OtherTypesAreRoundedAndWidened) {
  Random random(1);
  Sequential model = Mlp({2, 2}, Elementwise::kReLU, random);
  SafeTensors file;
  file.tensors["0.weight"] = Tensor::Full({2, 2}, 1.0 / 3, DType::kF64);
  file.tensors["0.bias"] = Cast(Tensor::Of({2}, {1.5, -2}), DType::kBF16);
  ASSERT_TRUE(LoadWeights(model, file).ok());
  EXPECT_EQ(ValuesOf(model, "0.weight")[3], 1.0f / 3);
  EXPECT_THAT(ValuesOf(model, "0.bias"), ElementsAre(1.5f, -2.0f));
}

// A model that is one parameter, "w".
class Holder : public Layer {
 public:
  explicit Holder(Tensor w) : w_(std::move(w)) {}
  Variable Forward(const Variable& x, const Pass&) override { return x; }
  std::vector<Parameter> Parameters() const override { return {{"w", w_}}; }

 private:
  Variable w_;
};

TEST(LoadWeightsTest, TheModelKeepsItsOrdersAndTypes) {
  const Tensor blocked = Convolution(Tensor::Full({1, 17, 6, 6}, 1), Tensor::Full({32, 17, 3, 3}, 1), Tensor());
  ASSERT_FALSE(blocked.is_plain()) << "the test shows nothing";
  Holder model(blocked), narrow(Cast(ToPlain(blocked), DType::kBF16)), wide(Cast(ToPlain(blocked), DType::kF64));
  const SafeTensors file = FileFor(model);
  ASSERT_TRUE(LoadWeights(model, file).ok());
  EXPECT_EQ(model.Parameters()[0].variable.value().layout(), blocked.layout());
  ExpectHolds(model, file);
  for (Holder* other : {&narrow, &wide}) {
    const DType dtype = other->Parameters()[0].variable.value().dtype();
    ASSERT_TRUE(LoadWeights(*other, file).ok());
    const Tensor& w = other->Parameters()[0].variable.value();
    EXPECT_EQ(w.dtype(), dtype);
    EXPECT_EQ(Cast(w, DType::kF32).values()[7], 7);
  }
}

TEST(LoadWeightsTest, WeightsThatAreNotFiniteAreRefusedByName) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  for (const double bad : {std::nan(""), inf, -inf, 1e39}) {
    for (const bool strict : {true, false}) {
      Sequential model = Small();
      SafeTensors file = FileFor(model);
      Tensor mean = Tensor::Zeros({2}, DType::kF64);
      mean.mutable_data_f64()[1] = bad;
      file.tensors["bn.running_mean"] = mean;
      EXPECT_EQ(ReasonOf(model, file, {.strict = strict}),
                "the file cannot be used: its tensor 'bn.running_mean' holds NaN, infinity or more than f32 can hold; "
                "get another copy of it");
    }
  }
}

// timm/vgg16.tv_in1k: its dense layers but the last are convolutions over the whole map.
TEST(LoadWeightsTest, TimmsNamesOfVggAreKnown) {
  Random random(1);
  const VggOptions options = {.channels = 1, .size = 8, .classes = 3, .stages = {{4}}, .hidden = {5, 6}};
  Sequential model = VggNet(random, options);
  const SafeTensors ours = FileFor(model);
  SafeTensors timm = ours;
  const std::pair<std::string, Shape> renamed[] = {{"pre_logits.fc1", {5, 4, 4, 4}},  // [5, 64]
                                                   {"pre_logits.fc2", {6, 5, 1, 1}},
                                                   {"head.fc", {3, 6}}};
  for (int i = 0; i < 3; ++i) {
    const std::string name = "classifier." + std::to_string(3 * i);
    timm.tensors[renamed[i].first + ".weight"] =
        std::get<Tensor>(ours.tensors.at(name + ".weight")).Reshape(renamed[i].second);
    timm.tensors[renamed[i].first + ".bias"] = ours.tensors.at(name + ".bias");
    timm.tensors.erase(name + ".weight");
    timm.tensors.erase(name + ".bias");
  }
  const auto report = LoadWeights(model, timm);
  ASSERT_TRUE(report.ok()) << report.status();
  ExpectHolds(model, ours);
  timm.tensors["classifier.0.bias"] = Tensor::Zeros({5});  // our own name comes first
  EXPECT_THAT(ReasonOf(model, timm), HasSubstr("1 unexpected ('pre_logits.fc1.bias')"));
}

TEST(LoadWeightsTest, AFileIsNamed) {
  Sequential model = Small();
  const std::string path = ::testing::TempDir() + "/weights";
  SafeTensors file = FileFor(model);
  ASSERT_TRUE(WriteSafeTensors(path, file).ok());
  ASSERT_TRUE(LoadWeightsFile(model, path).ok());
  ExpectHolds(model, file);
  file.tensors.erase("fc.bias");
  ASSERT_TRUE(WriteSafeTensors(path, file).ok());
  EXPECT_THAT(std::string(LoadWeightsFile(model, path).status().message()),
              testing::StartsWith(path + " does not fit the model: 7 fit, 1 missing"));
  ASSERT_TRUE(WriteFile(path, "\x80\x02}q.").ok());
  EXPECT_THAT(std::string(LoadWeightsFile(model, path).status().message()), HasSubstr("it is a pickle"));
  EXPECT_EQ(LoadWeightsFile(model, "/nowhere/net").status().code(), absl::StatusCode::kFailedPrecondition);
}

// With --test_env=DL_PRETRAINED=FOLDER.
TEST(LoadWeightsTest, TheBodyOfResNet20FitsWhereItIs) {
  const char* folder = std::getenv("DL_PRETRAINED");
  if (folder == nullptr) GTEST_SKIP() << "no DL_PRETRAINED";
  Random random(1);
  Sequential model = ResNet(random, CifarResNet(20));
  const std::string path = std::string(folder) + "/cifar10-resnet20.safetensors";
  const auto report = LoadWeightsFile(model, path, {.strict = false});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_GE(report->loaded.size(), 95u);  // of 97 with the head, which has more than one name
  EXPECT_THAT(report->mismatched, IsEmpty());
}

}  // namespace
}  // namespace dl
