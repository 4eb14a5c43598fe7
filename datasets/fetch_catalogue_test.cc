#include "datasets/fetch_catalogue.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;

TEST(FetchCatalogueTest, OurOwnIsSound) {
  const FetchCatalogue& own = OwnFetchCatalogue();
  EXPECT_THAT(FetchableNames(own), testing::IsSupersetOf({"mnist", "fashion-mnist", "cifar10", "hymenoptera",
                                                          "resnet18", "resnet50", "vgg11", "vgg16", "vgg19_bn"}));
  for (const Fetchable& entry : own) {
    EXPECT_NE(entry.title, "") << entry.name;
    EXPECT_NE(entry.licence, "") << entry.name;
    EXPECT_NE(entry.citation, "") << entry.name;
    for (const RemoteFile& file : entry.files) {
      const bool weights = file.path.starts_with("pretrained/");
      const bool known = file.bytes > 0 && !file.sha256.empty();
      EXPECT_TRUE(known || weights) << file.path;
      EXPECT_TRUE(!weights || file.path == "pretrained/" + entry.name + ".safetensors") << file.path;
      for (const std::string& url : file.urls) {
        EXPECT_TRUE(known || url.starts_with("https://")) << url << ": anyone could change it on the way";
      }
    }
  }
}

TEST(FetchCatalogueTest, EveryMemberIsRead) {
  const std::string a(64, 'a'), b(64, 'b');
  const auto parsed = ParseFetchCatalogue(
      R"([{"name": "n", "title": "t", "licence": "l", "citation": "c", "files": [{"path": "f/x.gz", "urls":
      ["http://a/x", "https://b/x"], "bytes": 5, "sha256": ")" +
      a + R"(", "unpacked_sha256": ")" + b + R"("}, {"path": "y", "urls": ["http://c/y"]}]}])");
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  ASSERT_EQ(parsed->size(), 1u);
  const Fetchable& entry = parsed->at(0);
  EXPECT_EQ(entry.name + entry.title + entry.licence + entry.citation, "ntlc");
  ASSERT_EQ(entry.files.size(), 2u);
  EXPECT_EQ(entry.files[0].path, "f/x.gz");
  EXPECT_EQ(entry.files[0].urls, (std::vector<std::string>{"http://a/x", "https://b/x"}));
  EXPECT_EQ(entry.files[0].bytes, 5);
  EXPECT_EQ(entry.files[0].sha256, a);
  EXPECT_EQ(entry.files[0].unpacked_sha256, b);
  EXPECT_EQ(entry.files[1].bytes, 0);
  EXPECT_EQ(entry.files[1].sha256, "");
}

// The message about a catalogue of one entry with one file, whose members end in `more`.
std::string MessageAbout(const std::string& path, const std::string& urls, const std::string& more = "") {
  const absl::Status status =
      ParseFetchCatalogue(R"([{"name": "n", "title": "", "licence": "", "citation": "", "files": [{"path": )" + path +
                          R"(, "urls": )" + urls + more + "}]}]")
          .status();
  EXPECT_EQ(status.ok() ? absl::StatusCode::kInvalidArgument : status.code(), absl::StatusCode::kInvalidArgument);
  return std::string(status.message());
}

TEST(FetchCatalogueTest, RefusesWhatCouldDoHarm) {
  const std::string good = R"(["https://a/x"])";
  EXPECT_EQ(MessageAbout(R"("x")", good), "");
  for (const std::string path : {"/etc/passwd", "../x", "a/../../x", "a/", "", ".", "..", "./x", "a//b"}) {
    EXPECT_THAT(MessageAbout('"' + path + '"', good), HasSubstr("path '" + path + "' is not a file below")) << path;
  }
  EXPECT_THAT(MessageAbout("1", good), HasSubstr("path is no text"));
  for (const std::string urls : {R"(["file:///etc/passwd"])", R"(["ftp://a/x"])", R"(["--output=x"])", "[1]"}) {
    EXPECT_THAT(MessageAbout(R"("x")", urls), HasSubstr("an address is not http or https")) << urls;
  }
  EXPECT_THAT(MessageAbout(R"("x")", "[]"), HasSubstr("urls is no list with an element"));
  EXPECT_THAT(MessageAbout(R"("x")", R"("https://a/x")"), HasSubstr("urls is no list"));
  EXPECT_THAT(MessageAbout(R"("x")", good, R"(, "bytes": -1)"), HasSubstr("bytes is no count"));
  EXPECT_THAT(MessageAbout(R"("x")", good, R"(, "bytes": 1e99)"), HasSubstr("bytes is no count"));
  EXPECT_THAT(MessageAbout(R"("x")", good, R"(, "sha256": "abc")"), HasSubstr("'abc' is no SHA-256"));
  EXPECT_THAT(MessageAbout(R"("x")", good, R"(, "sha265": "abc")"), HasSubstr("has a member that no catalogue has"));
}

TEST(FetchCatalogueTest, RefusesWhatIsNoCatalogue) {
  const auto message = [](const std::string& json) {
    return std::string(ParseFetchCatalogue(json).status().message());
  };
  const std::string entry =
      R"({"name": "n", "title": "", "licence": "", "citation": "", "files": [{"path": "x", "urls": ["http://a"]}]})";
  EXPECT_EQ(message("[" + entry + "]"), "");
  EXPECT_EQ(message("[" + entry + "," + entry + "]"), "catalogue: n stands in it twice");
  for (const std::string json : {"", "{}", "[", "<html>"}) EXPECT_EQ(message(json), "catalogue: it is no JSON array");
  EXPECT_EQ(message("[3]"), "catalogue: 3: is no object");
  EXPECT_EQ(message(R"([{"name": "n"}])"), "catalogue: \"n\": has no title");
}

TEST(FetchCatalogueTest, NamesAreForgiving) {
  for (const std::string name : {"cifar10", "cifar-10", "CIFAR-10", "cifar_10"}) {
    EXPECT_EQ(FindFetchable(OwnFetchCatalogue(), name)->name, "cifar10");
  }
  EXPECT_EQ(FindFetchable(OwnFetchCatalogue(), "vgg11-bn")->name, "vgg11_bn");
  const absl::Status status = FindFetchable(OwnFetchCatalogue(), "resnet81").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("unknown name 'resnet81'; did you mean 'resnet18'?"));
}

}  // namespace
}  // namespace dl
