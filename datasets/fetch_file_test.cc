// Against a server that misbehaves in every way that servers do.
#include "datasets/fetch_file.h"

#include <sys/resource.h>

#include <atomic>
#include <filesystem>
#include <map>

#include "absl/strings/str_cat.h"
#include "datasets/http_testing.h"
#include "datasets/sha256.h"
#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;

// 200,000 bytes that differ from place to place and from `seed` to `seed`.
std::string Content(uint32_t seed) {
  std::string content = "12345678{";
  while (content.size() < 200000) content += static_cast<char>((seed = seed * 1664525 + 1013904223) >> 24);
  return content;
}

std::string HashOf(const std::string& bytes) {
  Sha256 hash;
  hash.Update(bytes.data(), bytes.size());
  return hash.HexDigest();
}

class FetchFileTest : public testing::Test {
 protected:
  // What a catalogue says of `content_` at `server`.
  RemoteFile Published(const HttpServer& server) const {
    return {.path = "set/file",
            .urls = {server.Url("file")},
            .bytes = static_cast<int64_t>(content_.size()),
            .sha256 = HashOf(content_)};
  }

  static RemoteFile Unpublished(const HttpServer& server) {
    return {.path = "set/file.safetensors", .urls = {server.Url("file")}};
  }

  absl::StatusOr<FetchedFile> Fetch(const RemoteFile& file, int tries = 2) const {
    return FetchFile(file, path_, {.tries = tries, .stall_seconds = 1});
  }

  // Expects that the fetch fails so, that `path_` is still `before` (empty: is not there), and that nothing else is
  // left than, where `keeps` is not 0, a part of so many bytes.
  void ExpectFailure(const RemoteFile& file, absl::StatusCode code, const std::string& why, size_t keeps = 0) const {
    const std::string before = fs::exists(path_) ? *ReadFile(path_) : "";
    const absl::Status status = Fetch(file).status();
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(why));
    EXPECT_EQ(fs::exists(path_) ? *ReadFile(path_) : "", before);
    std::map<std::string, size_t> left, expected;
    for (const auto& entry : fs::directory_iterator(fs::path(path_).parent_path())) {
      if (entry.path() != path_) left[entry.path()] = entry.file_size();
    }
    if (keeps != 0) expected[path_ + ".part"] = keeps;
    EXPECT_EQ(left, expected);
  }

  void ExpectOnlyTheFile(const std::string& content) const {
    EXPECT_TRUE(ReadFile(path_).value_or("") == content);
    EXPECT_FALSE(fs::exists(path_ + ".part"));
    EXPECT_FALSE(fs::exists(path_ + ".part.etag"));
  }

  const std::string content_ = Content(1), other_ = Content(2);
  const std::string path_ = EmptyFolder("fetch") + "/set/file";
};

// Announces the whole of `content` and sends only the first `bytes`.
std::string Truncated(const HttpRequest& request, const std::string& content, const std::string& etag, size_t bytes) {
  const std::string whole = HttpFile(request, content, etag);
  return whole.substr(0, whole.find("\r\n\r\n") + 4 + bytes);
}

TEST_F(FetchFileTest, FetchesOnce) {
  const HttpServer server(
      [&](const HttpRequest& request, HttpConnection* client) { client->Send(HttpFile(request, content_, "")); });
  const auto first = Fetch(Published(server));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->was_there || first->pinned);
  EXPECT_EQ(first->sha256, HashOf(content_));
  ExpectOnlyTheFile(content_);
  EXPECT_TRUE(Fetch(Published(server))->was_there);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(FetchFileTest, ATruncatedTransferGoesOn) {
  std::atomic<int> asked = 0;
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    if (asked++ == 0) client->Send(Truncated(request, content_, "", 120000));
    if (asked > 1) client->Send(HttpFile(request, content_, ""));
  });
  EXPECT_TRUE(Fetch(Published(server)).ok());
  ExpectOnlyTheFile(content_);
  EXPECT_EQ(server.requests().at(1).start, 120000);
}

TEST_F(FetchFileTest, ALaterFetchGoesOnAtAnyAddress) {
  const HttpServer cutting([&](const HttpRequest& request, HttpConnection* client) {
    client->Send(Truncated(request, content_, "", 50000));
  });
  ExpectFailure(Published(cutting), absl::StatusCode::kNotFound, "/file: transfer closed with ", 100000);
  const HttpServer good(
      [&](const HttpRequest& request, HttpConnection* client) { client->Send(HttpFile(request, content_, "")); });
  EXPECT_TRUE(Fetch(Published(good)).ok());
  ExpectOnlyTheFile(content_);
  EXPECT_EQ(good.requests().at(0).start, 100000);
}

TEST_F(FetchFileTest, AServerThatCannotGoOnStartsAgain) {
  std::atomic<int> asked = 0;
  const HttpServer server([&](const HttpRequest&, HttpConnection* client) {
    const HttpRequest whole = {};
    client->Send(asked++ == 0 ? Truncated(whole, content_, "", 1000) : HttpFile(whole, content_, ""));
  });
  EXPECT_TRUE(Fetch(Published(server), 3).ok());
  ExpectOnlyTheFile(content_);
}

TEST_F(FetchFileTest, AWholePartNeedsNoServer) {
  WriteFiles(fs::path(path_).parent_path(), {{"file.part", content_}});
  const HttpServer server([](const HttpRequest&, HttpConnection* client) { client->Reset(); });
  EXPECT_TRUE(Fetch(Published(server)).ok());
  ExpectOnlyTheFile(content_);
  EXPECT_EQ(server.requests().size(), 0u);
}

TEST_F(FetchFileTest, APartOfAnotherFileIsThrownAway) {
  WriteFiles(fs::path(path_).parent_path(), {{"file.part", other_.substr(0, 70000)}});
  const HttpServer server(
      [&](const HttpRequest& request, HttpConnection* client) { client->Send(HttpFile(request, content_, "")); });
  EXPECT_TRUE(Fetch(Published(server)).ok());
  ExpectOnlyTheFile(content_);
  EXPECT_EQ(server.requests().at(0).start, 70000);
  EXPECT_EQ(server.requests().at(1).start, 0);
}

// Nobody has published the hash: then only the entity tag can tell.
TEST_F(FetchFileTest, AFileThatChangesMeanwhileIsNeverMixed) {
  std::atomic<int> asked = 0;
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    if (asked++ == 0) client->Send(Truncated(request, content_, "\"1\"", 120000));
    if (asked > 1) client->Send(HttpFile(request, other_, "\"2\""));
  });
  const auto fetched = Fetch(Unpublished(server), 3);
  ASSERT_TRUE(fetched.ok()) << fetched.status();
  EXPECT_TRUE(fetched->pinned);
  ExpectOnlyTheFile(other_);
  EXPECT_EQ(server.requests().at(1).if_range, "\"1\"");
}

TEST_F(FetchFileTest, AnUnpublishedFileThatStaysTheSameGoesOnAlsoAfterAnOutage) {
  std::atomic<int> asked = 0;
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    if (asked == 0) client->Send(Truncated(request, content_, "\"1\"", 120000));
    if (asked == 1) client->Reset();
    if (asked++ > 1) client->Send(HttpFile(request, content_, "\"1\""));
  });
  EXPECT_TRUE(Fetch(Unpublished(server), 3).ok());
  ExpectOnlyTheFile(content_);
  EXPECT_EQ(server.requests().at(2).start, 120000);
}

TEST_F(FetchFileTest, WithoutATagAnUnpublishedFileStartsAgain) {
  std::atomic<int> asked = 0;
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    if (asked++ == 0) client->Send(Truncated(request, content_, "W/\"1\"", 120000));
    if (asked > 1) client->Send(HttpFile(request, content_, "W/\"1\""));
  });
  EXPECT_TRUE(Fetch(Unpublished(server)).ok());
  ExpectOnlyTheFile(content_);
  EXPECT_EQ(server.requests().at(1).start, 0);
}

TEST_F(FetchFileTest, TheFirstHashIsPinnedAndHolds) {
  std::string served = content_;
  const HttpServer server(
      [&](const HttpRequest& request, HttpConnection* client) { client->Send(HttpFile(request, served, "\"1\"")); });
  EXPECT_TRUE(Fetch(Unpublished(server))->pinned);
  EXPECT_EQ(*ReadFile(path_ + ".sha256"), HashOf(content_) + "  file\n");
  EXPECT_FALSE(Fetch(Unpublished(server))->pinned);
  fs::remove(path_);
  served = other_;
  const absl::Status status = Fetch(Unpublished(server)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("changed on purpose, delete " + path_ + ".sha256"));
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(FetchFileTest, AnUnpublishedFileMustHaveALength) {
  const HttpServer server([&](const HttpRequest&, HttpConnection* client) {
    client->Send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + content_.substr(0, 500));
  });
  ExpectFailure(Unpublished(server), absl::StatusCode::kNotFound, "it does not say how many bytes the file has");
}

TEST_F(FetchFileTest, TheNextMirrorIsAskedAndOneThatRefusesOnlyOnce) {
  const HttpServer refusing(
      [](const HttpRequest&, HttpConnection* client) { client->Send(HttpResponse("404 Not Found", "", "<html>")); });
  const HttpServer good(
      [&](const HttpRequest& request, HttpConnection* client) { client->Send(HttpFile(request, content_, "")); });
  RemoteFile file = Published(refusing);
  file.urls.push_back(good.Url("file"));
  EXPECT_TRUE(Fetch(file).ok());
  ExpectOnlyTheFile(content_);
  EXPECT_EQ(refusing.requests().size(), 1u);
  file.urls.pop_back();
  fs::remove(path_);
  ExpectFailure(file, absl::StatusCode::kNotFound,
                "The requested URL returned error: 404; try again later, or copy it");
}

TEST_F(FetchFileTest, ABusyServerIsAskedAgain) {
  std::atomic<int> asked = 0;
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    client->Send(asked++ == 0 ? HttpResponse("503 Busy", "", "") : HttpFile(request, content_, ""));
  });
  EXPECT_TRUE(Fetch(Published(server)).ok());
}

TEST_F(FetchFileTest, WhatIsNotTheFileIsCalledByItsName) {
  std::string body, status = "200 OK", headers;
  const HttpServer server(
      [&](const HttpRequest&, HttpConnection* client) { client->Send(HttpResponse(status, headers, body)); });
  WriteFiles(fs::path(path_).parent_path(), {{"file", "what was there before"}});
  body = "<!DOCTYPE html><title>Log in to the university's network</title>";
  ExpectFailure(Published(server), absl::StatusCode::kDataLoss, "/file: it is a web page (HTML), not the file; ");
  ExpectFailure(Unpublished(server), absl::StatusCode::kDataLoss, "it is a web page (HTML), not the file; ");
  body = content_.substr(0, 1000);  // and a Content-Length that says so
  ExpectFailure(Published(server), absl::StatusCode::kDataLoss, "/file: it has 1000 bytes instead of 200000; ");
  body = content_ + "more";
  ExpectFailure(Published(server), absl::StatusCode::kDataLoss, "/file: it sends more than 200000 bytes; ");
  body = other_;
  ExpectFailure(Published(server), absl::StatusCode::kDataLoss, "/file: its SHA-256 is " + HashOf(other_));
  EXPECT_EQ(server.requests().size(), 5u);
}

TEST_F(FetchFileTest, AnEndlessAnswerIsStopped) {
  const HttpServer server([&](const HttpRequest&, HttpConnection* client) {
    client->Send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    for (int i = 0; i < 100; ++i) client->Send(content_);
  });
  ExpectFailure(Published(server), absl::StatusCode::kDataLoss, "it sends more than 200000 bytes");
}

TEST_F(FetchFileTest, ARedirectIsFollowedButNotForEver) {
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    if (request.path == "/moved") client->Send(HttpFile(request, content_, ""));
    const std::string to = request.path == "/once" ? "/moved" : "/file";
    client->Send(HttpResponse("302 Found", "Location: " + to + "\r\n", ""));
  });
  ExpectFailure(Published(server), absl::StatusCode::kNotFound, "Maximum (10) redirects followed; ");
  EXPECT_EQ(server.requests().size(), 11u);
  RemoteFile once = Published(server);
  once.urls = {server.Url("once")};
  EXPECT_TRUE(Fetch(once).ok());
}

TEST_F(FetchFileTest, ASilentServerIsGivenUp) {
  std::atomic<int> asked = 0;
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    if (asked++ > 0) return client->Reset();
    client->Send(Truncated(request, content_, "", 30000));
    client->WaitForClose();
  });
  ExpectFailure(Published(server), absl::StatusCode::kNotFound, "Recv failure: Connection reset by peer; ", 30000);
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST_F(FetchFileTest, AFolderStandsInForTheNetwork) {
  const HttpServer server([](const HttpRequest&, HttpConnection* client) { client->Reset(); });
  const std::string from = EmptyFolder("from");
  const auto copy = [&](const RemoteFile& file) { return FetchFile(file, path_, {.from = from}).status(); };
  EXPECT_EQ(copy(Published(server)).code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(copy(Published(server)).message()), HasSubstr("no file " + from + "/set/file; "));
  WriteFiles(from, {{"set/file", other_}, {"set/file.safetensors", content_}});
  EXPECT_EQ(copy(Published(server)).code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(fs::is_empty(fs::path(path_).parent_path()));
  WriteFiles(from, {{"set/file", content_}});
  EXPECT_TRUE(copy(Published(server)).ok());
  ExpectOnlyTheFile(content_);
  fs::remove(path_);
  WriteFiles(from, {{"set/file.safetensors.sha256", HashOf(other_) + "  file.safetensors\n"}});
  EXPECT_EQ(copy(Unpublished(server)).code(), absl::StatusCode::kDataLoss) << "the pin there holds here, too";
  EXPECT_EQ(server.requests().size(), 0u);
}

TEST_F(FetchFileTest, AFullDiskSaysSoAndKeepsWhatCame) {
  const HttpServer server(
      [&](const HttpRequest& request, HttpConnection* client) { client->Send(HttpFile(request, content_, "")); });
  RemoteFile enormous = Published(server);
  enormous.bytes = int64_t{1} << 60;
  ExpectFailure(enormous, absl::StatusCode::kResourceExhausted, " are free; make room, or choose another folder");
  EXPECT_EQ(server.requests().size(), 0u);
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit limit = {65536, before.rlim_max};  // stands for a disk that is full
  setrlimit(RLIMIT_FSIZE, &limit);
  ExpectFailure(Published(server), absl::StatusCode::kResourceExhausted, "the disk is full; make room", 65536);
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_TRUE(Fetch(Published(server)).ok());
  ExpectOnlyTheFile(content_);
}

TEST_F(FetchFileTest, AFolderThatCannotBeMadeIsNamed) {
  WriteFiles(testing::TempDir() + "/fetch", {{"set", "a file stands where the folder should"}});
  const HttpServer server([](const HttpRequest&, HttpConnection* client) { client->Reset(); });
  const absl::Status status = Fetch(Published(server)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
}

}  // namespace
}  // namespace dl
