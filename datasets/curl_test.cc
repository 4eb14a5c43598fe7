#include "datasets/curl.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "datasets/http_testing.h"
#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"

namespace dl {
namespace {

using testing::HasSubstr;

HttpServer::Handler File(const std::string& content, const std::string& etag) {
  return [=](const HttpRequest& request, HttpConnection* client) { client->Send(HttpFile(request, content, etag)); };
}

TEST(CurlTest, FetchesAFileAndItsTag) {
  const HttpServer server(File("0123456789", "\"t\""));
  const std::string path = EmptyFolder("curl") + "/a";
  const auto end = RunCurl({.url = server.Url("a"), .path = path, .etag_path = path + ".etag"});
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_EQ(end->code, 0) << end->error;
  EXPECT_EQ(end->http_status, 200);
  EXPECT_TRUE(end->has_length);
  EXPECT_EQ(*ReadFile(path), "0123456789");
  EXPECT_EQ(*ReadFile(path + ".etag"), "\"t\"\n");
  EXPECT_EQ(server.requests().at(0).path, "/a");
}

TEST(CurlTest, GoesOnWhereTheFileEnds) {
  const HttpServer server(File("0123456789", "\"t\""));
  const std::string path = EmptyFolder("curl") + "/a";
  ASSERT_TRUE(WriteFile(path, "abcd").ok());
  EXPECT_EQ(RunCurl({.url = server.Url("a"), .path = path, .if_range = "\"t\""})->code, 0);
  EXPECT_EQ(*ReadFile(path), "abcd456789");
  EXPECT_EQ(server.requests().at(0).if_range, "\"t\"");
  ASSERT_TRUE(WriteFile(path, "abcd").ok());
  EXPECT_EQ(RunCurl({.url = server.Url("a"), .path = path, .if_range = "\"old\""})->code, kCurlCannotResume);
  EXPECT_EQ(*ReadFile(path), "abcd");
  ASSERT_TRUE(WriteFile(path, "0123456789").ok());
  EXPECT_EQ(RunCurl({.url = server.Url("a"), .path = path})->http_status, 416);
  EXPECT_EQ(*ReadFile(path), "0123456789");
}

TEST(CurlTest, AFileThatIsTooLargeIsStopped) {
  const std::string path = EmptyFolder("curl") + "/a";
  const HttpServer announced(File(std::string(1000, 'x'), ""));
  EXPECT_EQ(RunCurl({.url = announced.Url("a"), .path = path, .most_bytes = 999})->code, kCurlTooLarge);
  EXPECT_FALSE(std::filesystem::exists(path) && std::filesystem::file_size(path) > 0);
  const HttpServer endless([](const HttpRequest&, HttpConnection* client) {
    client->Send("HTTP/1.1 200 OK\r\n\r\n");
    for (int i = 0; i < 1000; ++i) client->Send(std::string(10000, 'x'));
  });
  const auto end = RunCurl({.url = endless.Url("a"), .path = path, .most_bytes = 999});
  EXPECT_EQ(end->code, kCurlWriteError);
  EXPECT_FALSE(end->has_length);
  EXPECT_GT(std::filesystem::file_size(path), 999u);
  EXPECT_LT(std::filesystem::file_size(path), 100000u);
}

TEST(CurlTest, SaysWhyItFailed) {
  const std::string path = EmptyFolder("curl") + "/a";
  const HttpServer server([](const HttpRequest& request, HttpConnection* client) {
    if (request.path == "/loop") client->Send(HttpResponse("302 Found", "Location: /loop\r\n", ""));
    if (request.path == "/out") client->Send(HttpResponse("302 Found", "Location: file:///etc/passwd\r\n", ""));
    if (request.path == "/none") client->Send(HttpResponse("404 Not Found", "", "no"));
    if (request.path == "/reset") client->Reset();
    if (request.path == "/stalled") client->WaitForClose();
  });
  const auto run = [&](const std::string& what) {
    return *RunCurl({.url = server.Url(what), .path = path, .stall_seconds = 1});
  };
  EXPECT_EQ(run("none").code, kCurlHttpError);
  EXPECT_EQ(run("none").http_status, 404);
  EXPECT_THAT(run("none").error, HasSubstr("404"));
  EXPECT_EQ(run("loop").code, kCurlTooManyRedirects);
  EXPECT_THAT(run("loop").error, HasSubstr("redirects"));
  EXPECT_EQ(run("out").code, 1) << "a redirect to another protocol";
  EXPECT_THAT(run("reset").error, HasSubstr("reset"));
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run("stalled").code, 28);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  EXPECT_FALSE(std::filesystem::exists(path) && std::filesystem::file_size(path) > 0);
}

TEST(CurlTest, AMissingCurlIsNamedWithTheWayOut) {
  const std::string before = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  const absl::Status status = RunCurl({.url = "http://127.0.0.1:1/", .path = testing::TempDir() + "/x"}).status();
  setenv("PATH", before.c_str(), 1);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(status.message(), "the program curl is missing: install it with tools/setup.sh");
}

}  // namespace
}  // namespace dl
