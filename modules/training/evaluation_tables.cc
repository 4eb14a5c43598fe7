#include "modules/training/evaluation_tables.h"

#include <cmath>

#include "datasets/contact_sheet.h"
#include "datasets/png_writer.h"
#include "modules/training/calibration.h"
#include "modules/training/confusion_matrix.h"
#include "modules/training/error_gallery.h"

namespace dl {
namespace {

constexpr int64_t kMostPairs = 10;

// Empty where the number is undefined.
Cell Defined(double number) { return std::isnan(number) ? Cell("") : Cell(number); }

Table SummaryTable(const TestScores& scores) {
  Table table({"examples", "accuracy", "accuracy_low", "accuracy_high", "top5_accuracy", "macro_precision",
               "macro_recall", "macro_f1", "ece", "mce"});
  table.AddRow({scores.top1.examples, Defined(scores.top1.share), scores.top1.low, scores.top1.high,
                Defined(scores.top5.share), Defined(scores.macro.precision), Defined(scores.macro.recall),
                Defined(scores.macro.f1), Defined(scores.ece), Defined(scores.mce)});
  return table;
}

Table PerClassTable(const ConfusionMatrix& matrix, const std::vector<std::string>& names) {
  Table table({"class", "examples", "predicted", "correct", "precision", "recall", "f1"});
  const std::vector<ClassScores> classes = ScoreClasses(matrix);
  for (size_t i = 0; i < classes.size(); ++i) {
    const ClassScores& c = classes[i];
    table.AddRow({names[i], c.examples, c.predicted, c.correct, Defined(c.scores.precision), Defined(c.scores.recall),
                  Defined(c.scores.f1)});
  }
  return table;
}

Table ConfusionTable(const ConfusionMatrix& matrix, const std::vector<std::string>& names) {
  Table table({"true", "predicted", "count", "share"});
  for (int64_t truth = 0; truth < matrix.classes; ++truth) {
    for (int64_t predicted = 0; predicted < matrix.classes; ++predicted) {
      table.AddRow(
          {names[truth], names[predicted], matrix.at(truth, predicted), Defined(matrix.Share(truth, predicted))});
    }
  }
  return table;
}

Table ConfusedTable(const ConfusionMatrix& matrix, const std::vector<std::string>& names) {
  Table table({"true", "predicted", "count", "share"});
  for (const ConfusedPair& pair : MostConfused(matrix, kMostPairs)) {
    table.AddRow({names[pair.truth], names[pair.predicted], pair.count, matrix.Share(pair.truth, pair.predicted)});
  }
  if (table.rows().empty()) table.AddRow({"", "", 0, ""});
  return table;
}

Table ReliabilityTable(const Predictions& predictions) {
  Table table({"low", "high", "examples", "confidence", "accuracy"});
  for (const ReliabilityBin& bin : ReliabilityBins(predictions)) {
    table.AddRow({bin.low, bin.high, bin.examples, Defined(bin.confidence), Defined(bin.accuracy)});
  }
  return table;
}

}  // namespace

TestScores ScoreTest(const Predictions& predictions) {
  const std::vector<ReliabilityBin> bins = ReliabilityBins(predictions);
  return {TopAccuracy(predictions), TopAccuracy(predictions, 5),
          MacroAverage(ScoreClasses(CountConfusions(predictions))), ExpectedCalibrationError(bins),
          MaximumCalibrationError(bins)};
}

EvaluationTables TabulateEvaluation(const Predictions& predictions) {
  const ConfusionMatrix matrix = CountConfusions(predictions);
  const std::vector<std::string>& names = predictions.class_names;
  return {SummaryTable(ScoreTest(predictions)), PerClassTable(matrix, names), ConfusionTable(matrix, names),
          ConfusedTable(matrix, names), ReliabilityTable(predictions)};
}

std::map<std::string, std::string> EvaluationFiles(const Predictions& predictions, const Dataset& dataset,
                                                   const std::string& prefix) {
  const EvaluationTables tables = TabulateEvaluation(predictions);
  std::map<std::string, std::string> files = {{prefix + "per_class.csv", tables.per_class.ToCsv()},
                                              {prefix + "confusion.csv", tables.confusion.ToCsv()},
                                              {prefix + "confused.csv", tables.confused.ToCsv()},
                                              {prefix + "reliability.csv", tables.reliability.ToCsv()}};
  if (HoldsImages(dataset)) files[prefix + "errors.png"] = EncodePng(ErrorGallery(dataset, predictions));
  return files;
}

}  // namespace dl
