// bazel run //tools:bench: how fast this machine trains, as a table or as JSON.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "modules/base/exit_code.h"
#include "modules/base/flags.h"
#include "modules/base/nearest_name.h"
#include "modules/primitives/libraries.h"
#include "modules/primitives/threads.h"
#include "modules/training/table.h"
#include "nlohmann/json.hpp"
#include "tools/bench/bandwidth.h"
#include "tools/bench/benchmarks.h"
#include "tools/bench/peak.h"
#include "tools/bench/stopwatch.h"

namespace dl {
namespace {

constexpr char kSum[] = "resnet18_conv";

struct Options {
  std::string format = "table";
  std::string precision = "f32";
  std::vector<std::string> only;
  int threads = 0;
  double seconds = 2;
};

struct Measurement {
  std::string name, unit;
  double per_second, ms_per_step, peak_share;  // per second: units
  double bandwidth_share = 0;                  // 0 where memory is not what bounds it
  double peak_mib = 0;                         // of the process so far: the benchmark\'s own where it is the first
};

// What the machine can do, and what the measurements are shares of.
struct Machine {
  double flops;                     // a second
  std::map<int, double> bandwidth;  // bytes a second, through so many arrays as a benchmark that needs it works on
};

Machine MeasureMachine(const std::vector<Benchmark>& picked) {
  Machine machine = {MeasurePeakFlops(ThreadCount()), {}};
  for (const Benchmark& benchmark : picked) {
    if (benchmark.arrays == 0 || machine.bandwidth.count(benchmark.arrays)) continue;
    machine.bandwidth[benchmark.arrays] = MeasureBandwidth(ThreadCount(), benchmark.arrays, benchmark.count);
  }
  return machine;
}

// The most memory that this process has held so far, in MiB; 0 where the system does not tell.
double PeakMib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kib = 0;
    if (word == "VmHWM:" && status >> kib) return kib / 1024;
  }
  return 0;
}

Measurement Measure(const Benchmark& benchmark, const Options& options, const Machine& machine) {
  std::cerr << benchmark.name << ": " << benchmark.about << std::endl;
  const double seconds = MedianSeconds(benchmark.make(), options.seconds);
  return {benchmark.name,
          benchmark.unit,
          static_cast<double>(benchmark.count) / seconds,
          1e3 * seconds,
          benchmark.flops / seconds / machine.flops,
          benchmark.arrays > 0 ? benchmark.bytes / seconds / machine.bandwidth.at(benchmark.arrays) : 0,
          PeakMib()};
}

// "lenet" picks itself, "resnet18_conv" all of its layers.
bool Picked(const std::string& name, const std::vector<std::string>& only) {
  if (only.empty()) return true;
  for (const std::string& prefix : only) {
    if (name == prefix || name.rfind(prefix + "/", 0) == 0) return true;
  }
  return false;
}

absl::Status CheckNames(const std::vector<Benchmark>& all, const std::vector<std::string>& only) {
  std::vector<std::string> names;
  for (const Benchmark& benchmark : all) {
    const std::string group = benchmark.name.substr(0, benchmark.name.find('/'));
    if (names.empty() || names.back() != group) names.push_back(group);
  }
  for (const std::string& name : only) {
    bool known = false;
    for (const Benchmark& benchmark : all) known |= Picked(benchmark.name, {name});
    if (!known) return UnknownName("benchmark", name, names);
  }
  return absl::OkStatus();
}

// The network's convolutions together, each as often as it occurs, where all of them were measured.
void AddSum(const std::vector<Benchmark>& all, std::vector<Measurement>& measured, double peak) {
  double seconds = 0, flops = 0;
  int64_t layers = 0, images = 0;
  for (const Measurement& m : measured) {
    const int64_t times = OccurrencesInResNet18(m.name);
    if (times == 0) continue;
    ++layers;
    seconds += static_cast<double>(times) * m.ms_per_step / 1e3;
    flops += static_cast<double>(times) * m.peak_share * peak * m.ms_per_step / 1e3;
  }
  int64_t expected = 0;
  for (const Benchmark& benchmark : all) {
    if (OccurrencesInResNet18(benchmark.name) == 0) continue;
    ++expected;
    images = benchmark.count;
  }
  if (layers != expected) return;
  measured.push_back({kSum, "images", static_cast<double>(images) / seconds, 1e3 * seconds, flops / seconds / peak});
}

void Print(const std::vector<Measurement>& measured, const Options& options, const Machine& machine) {
  if (options.format == "json") {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Measurement& m : measured) {
      list.push_back({{"name", m.name},
                      {"unit", m.unit},
                      {"per_second", m.per_second},
                      {"ms_per_step", m.ms_per_step},
                      {"peak_share", m.peak_share},
                      {"peak_mib", m.peak_mib}});
      if (m.bandwidth_share > 0) list.back()["bandwidth_share"] = m.bandwidth_share;
    }
    std::cout << list.dump(2) << std::endl;
    return;
  }
  Table table({"name", "per second", "unit", "ms/step", "share of peak", "of bandwidth"});
  for (const Measurement& m : measured) {
    table.AddRow({m.name, absl::StrFormat("%.0f", m.per_second), m.unit, absl::StrFormat("%.3f", m.ms_per_step),
                  absl::StrFormat("%.2f", m.peak_share),
                  m.bandwidth_share > 0 ? absl::StrFormat("%.2f", m.bandwidth_share) : "–"});
  }
  std::string bandwidths;
  for (const auto& [arrays, bandwidth] : machine.bandwidth) {
    absl::StrAppendFormat(&bandwidths, ", %.1f GB/s through %d arrays", bandwidth / 1e9, arrays);
  }
  const char* coretype = std::getenv("OPENBLAS_CORETYPE");
  std::cout << table.ToText() << "\nmedians; " << ThreadCount() << " threads; measured peak "
            << absl::StrFormat("%.0f GFLOP/s", machine.flops / 1e9) << bandwidths << "; " << InstructionSet()
            << "; OPENBLAS_CORETYPE " << (coretype != nullptr ? coretype : "unset") << std::endl;
}

absl::Status Run(const Options& options) {
  if (options.format != "table" && options.format != "json") {
    return UnknownName("format", options.format, {"table", "json"});
  }
  if (options.precision != "f32" && options.precision != "bf16") {
    return UnknownName("precision", options.precision, {"f32", "bf16"});
  }
  if (options.threads < 0 || options.threads > kMostThreads) {
    return absl::InvalidArgumentError(absl::StrCat("flag --threads wants 0 (one a core) to ", kMostThreads));
  }
  if (!(options.seconds >= 0 && options.seconds <= 3600)) {
    return absl::InvalidArgumentError("flag --seconds wants 0 to 3600");
  }
  SetThreadCount(options.threads > 0 ? options.threads : ThreadCount());
  const std::vector<Benchmark> all = AllBenchmarks(options.precision == "bf16" ? DType::kBF16 : DType::kF32);
  if (absl::Status status = CheckNames(all, options.only); !status.ok()) return status;
  std::vector<Benchmark> picked;
  for (const Benchmark& benchmark : all) {
    if (Picked(benchmark.name, options.only)) picked.push_back(benchmark);
  }
  const Machine machine = MeasureMachine(picked);
  std::vector<Measurement> measured;
  for (const Benchmark& benchmark : picked) measured.push_back(Measure(benchmark, options, machine));
  AddSum(all, measured, machine.flops);
  Print(measured, options, machine);
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  Options options;
  FlagSet flags("bazel run //tools:bench -- [--flag=VALUE ...]: how fast this machine trains");
  flags.Add("format", &options.format, "table or json");
  flags.Add("only", &options.only,
            "benchmarks to run, comma-separated: scalar, mlp, lenet, smallcnn, resnet18_cifar, fast_cifar, "
            "batchnorm_backward, update, naive_to_fast, resnet18_conv; empty for all");
  flags.Add("precision", &options.precision, "f32 or bf16: the type of a network's activations");
  flags.Add("threads", &options.threads, "OpenMP threads, 0 for one a core");
  flags.Add("seconds", &options.seconds, "to spend on each benchmark");
  const auto words = flags.Parse(argc, argv);
  if (!words.ok()) return ReportStatus(words.status());
  if (flags.help_requested()) {
    std::cout << flags.Help();
    return kExitOk;
  }
  if (!words->empty()) {
    return ReportStatus(absl::InvalidArgumentError(absl::StrCat("unexpected word '", words->front(), "'")));
  }
  return ReportStatus(Run(options));
}

}  // namespace
}  // namespace dl

int main(int argc, char** argv) { return dl::Main(argc, argv); }
