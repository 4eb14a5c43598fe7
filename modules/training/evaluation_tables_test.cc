#include "modules/training/evaluation_tables.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

using testing::SurePredictions;

TEST(EvaluationTablesTest, SaysAllInOneRow) {
  const EvaluationTables tables = TabulateEvaluation(SurePredictions(3, {0, 0, 1, 1}, {0, 1, 1, 1}));
  EXPECT_EQ(tables.summary.ToCsv(),
            "examples,accuracy,accuracy_low,accuracy_high,top5_accuracy,macro_precision,macro_recall,macro_f1,ece,mce\n"
            "4,0.75,0.300642,0.954413,1,0.833333,0.75,0.733333,0.25,0.25\n");
}

TEST(EvaluationTablesTest, LeavesUndefinedCellsEmpty) {
  const EvaluationTables tables = TabulateEvaluation(SurePredictions(3, {0, 0, 1, 1}, {0, 1, 1, 1}));
  EXPECT_EQ(tables.per_class.ToCsv(),
            "class,examples,predicted,correct,precision,recall,f1\n"
            "class 0,2,1,1,1,0.5,0.666667\n"
            "class 1,2,3,2,0.666667,1,0.8\n"
            "class 2,0,0,0,,,\n");
  EXPECT_EQ(tables.confusion.rows().size(), 9u);
  EXPECT_EQ(tables.confusion.rows()[1], (std::vector<std::string>{"class 0", "class 1", "1", "0.5"}));
  EXPECT_EQ(tables.confusion.rows()[6], (std::vector<std::string>{"class 2", "class 0", "0", ""}));
  EXPECT_EQ(tables.confused.ToCsv(), "true,predicted,count,share\nclass 0,class 1,1,0.5\n");
  EXPECT_EQ(tables.reliability.rows().size(), 15u);
  EXPECT_EQ(tables.reliability.rows()[0], (std::vector<std::string>{"0", "0.0666667", "0", "", ""}));
  EXPECT_EQ(tables.reliability.rows()[14], (std::vector<std::string>{"0.933333", "1", "4", "1", "0.75"}));
}

TEST(EvaluationTablesTest, EveryTableHasARowWhateverThereIs) {
  for (const Predictions& predictions : {SurePredictions(1, {0, 0}, {0, 0}), SurePredictions(2, {}, {})}) {
    const EvaluationTables tables = TabulateEvaluation(predictions);
    for (const Table* table :
         {&tables.summary, &tables.per_class, &tables.confusion, &tables.confused, &tables.reliability}) {
      EXPECT_FALSE(table->rows().empty());
    }
    EXPECT_EQ(tables.confused.ToCsv(), "true,predicted,count,share\n,,0,\n");
  }
  EXPECT_EQ(TabulateEvaluation(SurePredictions(2, {}, {})).summary.rows()[0],
            (std::vector<std::string>{"0", "", "0", "1", "", "", "", "", "", ""}));
}

TEST(EvaluationTablesTest, TheFifthAnswerCountsAndTheSixthDoesNot) {
  const std::vector<float> p = {0.3f, 0.2f, 0.18f, 0.14f, 0.1f, 0.08f};
  for (int32_t label : {4, 5}) {
    EXPECT_EQ(ScoreTest({Tensor::Of({1, 6}, p), {label}, {"a", "b", "c", "d", "e", "f"}}).top5.correct, label == 4);
  }
}

TEST(EvaluationFilesTest, AreNamedAfterThePrefix) {
  const Predictions predictions = SurePredictions(2, {0, 1}, {1, 1});
  const auto names = [](const std::map<std::string, std::string>& files) {
    std::string all;
    for (const auto& [name, content] : files) all += name + " ";
    return all;
  };
  const Dataset images{"images", {1, 2, 2}, std::vector<uint8_t>(8), {0, 1}, predictions.class_names};
  const auto files = EvaluationFiles(predictions, images, "mlp_");
  EXPECT_EQ(names(files), "mlp_confused.csv mlp_confusion.csv mlp_errors.png mlp_per_class.csv mlp_reliability.csv ");
  EXPECT_EQ(files.at("mlp_errors.png").substr(1, 3), "PNG");
  EXPECT_EQ(files.at("mlp_confusion.csv"), TabulateEvaluation(predictions).confusion.ToCsv());
  const Dataset points{"points", {2}, std::vector<float>(4), {0, 1}, predictions.class_names};
  EXPECT_EQ(names(EvaluationFiles(predictions, points)), "confused.csv confusion.csv per_class.csv reliability.csv ");
}

}  // namespace
}  // namespace dl
