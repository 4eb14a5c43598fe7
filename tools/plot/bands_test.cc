#include "tools/plot/bands.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

std::vector<CsvTable> Table(const std::string& text) { return {ParseCsv(text).value()}; }

TEST(BandsTest, AveragesOverSeedsAndOrdersByX) {
  const auto bands = Bands(Table("dataset,model,seed,epoch,loss\n"
                                 "glyphs,mlp,1,10,1\nglyphs,mlp,2,10,3\nglyphs,mlp,3,10,5\n"
                                 "glyphs,mlp,1,2,7\nglyphs,lenet,1,2,0.5\n"),
                           {});
  ASSERT_TRUE(bands.ok()) << bands.status();
  EXPECT_EQ(*bands,
            "\"lenet\" loss_mean loss_std\n"
            "2 0.5 0\n"
            "\n\n"
            "\"mlp\" loss_mean loss_std\n"
            "2 7 0\n"
            "10 3 2\n");
}

TEST(BandsTest, LabelNamesWhatDiffersBetweenTables) {
  std::vector<CsvTable> tables = Table("dataset,model,seed,epoch,loss\nglyphs,mlp,1,1,1\n");
  EXPECT_EQ(Bands(tables, {})->substr(0, 5), "\"mlp\"");
  tables.push_back(ParseCsv("dataset,model,seed,epoch,loss\nfashion-mnist,mlp,1,1,1\n").value());
  EXPECT_EQ(Bands(tables, {})->substr(0, 15), "\"fashion-mnist\"");
}

TEST(BandsTest, EmptyFieldIsNoSample) {
  const auto bands =
      Bands(Table("model,epoch,a,b\nm,0,,1\nm,1,2,1\n"), {.group = {"model"}, .x = "epoch", .sample = "seed"});
  ASSERT_TRUE(bands.ok()) << bands.status();
  EXPECT_EQ(*bands, "\"m\" a_mean a_std b_mean b_std\n0 NaN NaN 1 0\n1 2 0 1 0\n");
}

TEST(BandsTest, RefusesMissingColumnsAndWords) {
  EXPECT_EQ(Bands(Table("model,epoch\n"), {}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Bands(Table("dataset,model,epoch,loss\na,b,1,high\n"), {}).status().message(), "'high' is not a number");
}

}  // namespace
}  // namespace dl
