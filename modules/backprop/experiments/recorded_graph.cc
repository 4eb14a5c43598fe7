#include "modules/backprop/experiments/recorded_graph.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "modules/backprop/graph_picture.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/scalar_ops.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

constexpr int64_t kLargestBatch = 1 << 14;

// The first `count` points of `points`, through the network and into the loss.
GraphPicture PerceptronPicture(Layer& mlp, const Dataset& points, int64_t count) {
  std::vector<int64_t> first(count);
  std::iota(first.begin(), first.end(), 0);
  const Batch batch = MakeBatch(points, first, ChannelNormalization(points));
  const Variable x = batch.inputs;
  const Variable loss = CrossEntropy(mlp.Forward(x, {.training = true}), batch.labels);
  GraphNames names = ParameterNames(mlp);
  names.others = {{x.id(), "x"}, {loss.id(), "loss"}};
  return PictureOf(loss, names);
}

// The expression of micrograd's README (Karpathy 2020), which prints g 24.7041, dg/da 138.8338 and dg/db 645.5773.
// [scalar_expression]
GraphPicture ExpressionPicture() {
  Tape tape;
  const Scalar a = tape.Leaf(-4), b = tape.Leaf(2);
  Scalar c = a + b;
  Scalar d = a * b + Pow(b, 3);
  c += c + 1;
  c += 1 + c + (-a);
  d += d * 2 + Relu(b + a);
  d += 3 * d + Relu(b - a);
  const Scalar e = c - d;
  const Scalar f = Pow(e, 2);
  Scalar g = f / 2;
  g += 10 / f;
  GraphNames names;
  const std::pair<Scalar, const char*> named[] = {{a, "a"}, {b, "b"}, {c, "c"}, {d, "d"}, {e, "e"}, {f, "f"}, {g, "g"}};
  for (const auto& [scalar, name] : named) names.others[scalar.index()] = name;
  return PictureOf(g, names);
}
// [/scalar_expression]

// One row a node of `picture`.
void AddRows(const std::string& graph, const GraphPicture& picture, Table& table) {
  const char* const kinds[] = {"data", "parameter", "operation"};
  for (const GraphNode& node : picture) {
    table.AddRow({graph, node.name, kinds[static_cast<int>(node.kind)], node.op, node.shape, node.size, node.mean,
                  node.deviation, node.gradient});
  }
}

// How many numbers the nodes of one kind hold.
int64_t NumbersOf(GraphNode::Kind kind, const GraphPicture& picture) {
  int64_t numbers = 0;
  for (const GraphNode& node : picture) numbers += node.kind == kind ? node.size : 0;
  return numbers;
}

}  // namespace

void RecordedGraph::AddFlags(FlagSet& flags) {
  flags.Add("hidden", &hidden_, "widths of the hidden layers");
  flags.Add("activation", &activation_, "between the layers: relu, tanh, sigmoid, ...");
  flags.Add("batch_size", &batch_size_, "points in the graph that is drawn");
  flags.Add("batch_sizes", &batch_sizes_, "points in the graphs whose numbers are counted");
  flags.Add("seed", &seed_, "of the parameters");
}

absl::StatusOr<ExperimentResult> RecordedGraph::Run(Progress&) {
  const absl::StatusOr<Elementwise> activation = ParseElementwise(activation_);
  if (absl::Status status = FirstError({WantsBetween("hidden", hidden_, 1, kWidest), activation.status(),
                                        WantsBetween("batch_size", batch_size_, 1, kLargestBatch),
                                        WantsBetween("batch_sizes", batch_sizes_, 1, kLargestBatch)});
      !status.ok()) {
    return status;
  }
  std::vector<int64_t> widths = {2};
  widths.insert(widths.end(), hidden_.begin(), hidden_.end());
  widths.push_back(2);
  std::vector<int64_t> sizes = batch_sizes_;
  sizes.push_back(batch_size_);
  const int64_t points = *std::max_element(sizes.begin(), sizes.end());
  const absl::StatusOr<TrainTest> data = LoadDataset("moons", {.train_size = points});
  if (!data.ok()) return data.status();
  Random random(seed_);
  Sequential mlp = Mlp(widths, *activation, random);
  Table metrics({"batch_size", "data_numbers", "parameter_numbers", "operation_numbers"});
  for (const int64_t size : batch_sizes_) {
    const GraphPicture picture = PerceptronPicture(mlp, data->train, size);
    metrics.AddRow({size, NumbersOf(GraphNode::Kind::kData, picture), NumbersOf(GraphNode::Kind::kParameter, picture),
                    NumbersOf(GraphNode::Kind::kOperation, picture)});
  }
  const GraphPicture perceptron = PerceptronPicture(mlp, data->train, batch_size_), expression = ExpressionPicture();
  Table summary({"graph", "name", "kind", "op", "shape", "size", "mean", "deviation", "gradient"});
  AddRows(MlpName(widths), perceptron, summary);
  AddRows("expression", expression, summary);
  return ExperimentResult{
      .metrics = std::move(metrics),
      .summary = std::move(summary),
      .seeds = {seed_},
      .datasets = {{"moons", Fingerprint(data->train)}},
      .files = {{"graph.dot", ToDot(perceptron)}, {"scalar_graph.dot", ToDot(expression, {.downwards = true})}}};
}

}  // namespace dl
