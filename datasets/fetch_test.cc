// The program as a user runs it: what it prints, what it leaves in the folder, and how it ends.
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "absl/strings/str_cat.h"
#include "datasets/http_testing.h"
#include "datasets/sha256.h"
#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::HasSubstr;

const std::string kDigits(100000, '7'), kWeights = "12345678{" + std::string(100000, 'w');

std::string HashOf(const std::string& bytes) {
  Sha256 hash;
  hash.Update(bytes.data(), bytes.size());
  return hash.HexDigest();
}

struct Ending {
  int exit_code;
  std::string output;  // standard output and error together
};

// A user's folder, and a catalogue of "digits", with a published hash, and "net", without one, on a server of the test.
class FetchTest : public testing::Test {
 protected:
  FetchTest() {
    setenv("BUILD_WORKING_DIRECTORY", folder_.c_str(), 1);
    setenv("DL_DATASETS", "data", 1);
    setenv("DL_PRETRAINED", "nets", 1);
  }

  void Catalogue(const HttpServer& server) const {
    const auto entry = [](const char* name, nlohmann::json file) {
      return nlohmann::json{{"name", name},
                            {"title", "A " + std::string(name)},
                            {"licence", "free"},
                            {"citation", "us"},
                            {"files", {file}}};
    };
    const nlohmann::json digits = {{"path", "digits/all.bin"},
                                   {"urls", {server.Url("digits")}},
                                   {"bytes", kDigits.size()},
                                   {"sha256", HashOf(kDigits)}};
    const nlohmann::json net = {{"path", "pretrained/net.safetensors"}, {"urls", {server.Url("net")}}};
    WriteFiles(folder_, {{"catalogue.json", nlohmann::json{entry("digits", digits), entry("net", net)}.dump()}});
  }

  // Runs the program with the test's catalogue in the background, all it prints to log `name`; its process.
  pid_t Start(const std::vector<std::string>& flags, const std::string& name) const {
    std::vector<std::string> words = {"datasets/fetch", "--catalogue=catalogue.json", "--stall=5"};
    words.insert(words.end(), flags.begin(), flags.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const std::string log = Log(name);
    const pid_t process = fork();
    if (process != 0) return process;
    setpgid(0, 0);
    if (std::freopen(log.c_str(), "w", stdout) == nullptr) _exit(1);
    dup2(STDOUT_FILENO, STDERR_FILENO);
    execv(argv[0], argv.data());
    _exit(1);
  }

  std::string Log(const std::string& name) const { return folder_ + "/" + name + ".log"; }

  Ending Wait(pid_t process, const std::string& name) const {
    int status = 0;
    waitpid(process, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), *ReadFile(Log(name))};
  }

  Ending Fetch(const std::vector<std::string>& flags) const { return Wait(Start(flags, "fetch"), "fetch"); }

  void ExpectFailure(const std::vector<std::string>& flags, int exit_code, const std::string& why) const {
    const Ending run = Fetch(flags);
    EXPECT_EQ(run.exit_code, exit_code) << run.output;
    EXPECT_THAT(run.output, HasSubstr("error: " + why));
  }

  static void Until(const std::function<bool()>& happens) {
    for (int i = 0; i < 1000 && !happens(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_TRUE(happens());
  }

  const std::string folder_ = EmptyFolder("user");
  const std::string net_ = folder_ + "/nets/net.safetensors";
  const std::string digits_ = folder_ + "/data/digits/all.bin";
};

void Serve(const HttpRequest& request, HttpConnection* client) {
  client->Send(HttpFile(request, request.path == "/net" ? kWeights : kDigits, "\"1\""));
}

TEST_F(FetchTest, FetchesWhereTheDataSetsLie) {
  const HttpServer server(Serve);
  Catalogue(server);
  const Ending run = Fetch({"digits", "net"});
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_THAT(run.output, AllOf(HasSubstr("fetched   " + digits_ + "  sha256 " + HashOf(kDigits)),
                                HasSubstr(HashOf(kWeights) + " (now pinned: nobody has published it)"),
                                HasSubstr("digits: licence: free; cite: us")));
  EXPECT_EQ(*ReadFile(digits_), kDigits);
  EXPECT_EQ(*ReadFile(net_), kWeights);
  EXPECT_THAT(Fetch({"Digits"}).output, HasSubstr("was here  " + digits_));
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST_F(FetchTest, AFolderThatWasFilledServesOthers) {
  const HttpServer server(Serve);
  Catalogue(server);
  EXPECT_EQ(Fetch({"net", "digits", "--folder=stick"}).exit_code, 0);
  EXPECT_EQ(*ReadFile(folder_ + "/stick/pretrained/net.safetensors"), kWeights);
  EXPECT_EQ(Fetch({"--verify", "net", "digits", "--folder=stick"}).exit_code, 0);
  EXPECT_EQ(Fetch({"net", "digits", "--from=stick"}).exit_code, 0);
  EXPECT_EQ(*ReadFile(digits_), kDigits);
  EXPECT_EQ(*ReadFile(net_), kWeights);
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST_F(FetchTest, OneThatCannotBeHadDoesNotStopTheOthers) {
  const HttpServer server([](const HttpRequest& request, HttpConnection* client) {
    if (request.path == "/net") return Serve(request, client);
    client->Send(HttpResponse("200 OK", "", "<!DOCTYPE html>Log in"));
  });
  Catalogue(server);
  const Ending run = Fetch({"digits", "net"});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.output, HasSubstr("error: cannot fetch digits/all.bin: " + server.Url("digits") +
                                    ": it is a web page (HTML), not the file; try again later, or copy it"));
  EXPECT_TRUE(fs::is_empty(folder_ + "/data/digits"));
  EXPECT_TRUE(fs::exists(net_));
}

TEST_F(FetchTest, ListsWhatIsHere) {
  const HttpServer server(Serve);
  Catalogue(server);
  EXPECT_THAT(Fetch({"--list"}).output, AllOf(HasSubstr("digits          100 kB  -       A digits\n"),
                                              HasSubstr("net               ? MB  -       A net\n")));
  EXPECT_EQ(Fetch({"digits"}).exit_code, 0);
  const Ending all = Fetch({"--list"});
  EXPECT_EQ(all.exit_code, 0);
  EXPECT_THAT(all.output, AllOf(HasSubstr("100 kB  here    A digits"), HasSubstr("data sets: " + folder_ + "/data\n"),
                                HasSubstr("trained networks: " + folder_ + "/nets/\n")));
  EXPECT_THAT(Fetch({"--list", "digits"}).output,
              AllOf(HasSubstr(digits_), HasSubstr(HashOf(kDigits)), HasSubstr(server.Url("digits")),
                    HasSubstr("licence: free"), HasSubstr("cite: us")));
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(FetchTest, VerifyNamesWhatIsDamaged) {
  const HttpServer server(Serve);
  Catalogue(server);
  EXPECT_THAT(Fetch({"--verify"}).output, HasSubstr("nothing here to verify"));
  ExpectFailure({"--verify", "digits"}, 4,
                "digits is damaged or incomplete; type: bazel run //datasets:fetch -- digits");
  EXPECT_EQ(Fetch({"digits", "net"}).exit_code, 0);
  EXPECT_EQ(Fetch({"--verify"}).exit_code, 0);
  EXPECT_THAT(Fetch({"--verify"}).output, AllOf(HasSubstr("sound    " + digits_), HasSubstr("sound    " + net_)));
  WriteFiles(folder_, {{"nets/net.safetensors", "12345678{ changed"}});
  ExpectFailure({"--verify"}, 4, "net is damaged or incomplete; ");
  EXPECT_THAT(Fetch({"--verify"}).output,
              AllOf(HasSubstr("sound    " + digits_), HasSubstr("damaged  " + net_ + ": its SHA-256 is ")));
  EXPECT_EQ(Fetch({"net"}).exit_code, 0);
  EXPECT_EQ(Fetch({"--verify", "net"}).exit_code, 0);
  fs::remove(net_ + ".sha256");
  EXPECT_THAT(Fetch({"--verify"}).output, HasSubstr("no hash  " + net_));
}

TEST_F(FetchTest, AClassRoomNeedsNoNetwork) {
  const HttpServer server(Serve);
  Catalogue(server);
  WriteFiles(folder_, {{"teacher/digits/all.bin", kDigits}});
  EXPECT_EQ(Fetch({"--from=teacher", "digits"}).exit_code, 0);
  EXPECT_EQ(*ReadFile(digits_), kDigits);
  ExpectFailure({"--from=teacher", "net"}, 4, "no file " + folder_ + "/teacher/pretrained/net.safetensors; ");
  WriteFiles(folder_, {{"teacher/pretrained/net.safetensors", "<html>"}});
  ExpectFailure({"--from=teacher", "net"}, 4,
                "cannot use " + folder_ + "/teacher/pretrained/net.safetensors: it is a web page (HTML), not the file");
  EXPECT_TRUE(fs::is_empty(folder_ + "/nets"));
  EXPECT_EQ(server.requests().size(), 0u);
}

TEST_F(FetchTest, TwoAtOnceFetchOnce) {
  std::atomic<bool> second_waits = false;
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    const std::string whole = HttpFile(request, kDigits, "");
    client->Send(whole.substr(0, 50000));
    for (int i = 0; i < 400 && !second_waits; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    client->Send(whole.substr(50000));
  });
  Catalogue(server);
  const pid_t first = Start({"digits"}, "first");
  Until([&] { return !server.requests().empty(); });
  const pid_t second = Start({"digits"}, "second");
  Until([&] { return ReadFile(Log("second")).value_or("").find("waiting for another fetch") != std::string::npos; });
  second_waits = true;
  EXPECT_THAT(Wait(first, "first").output, HasSubstr("fetched   " + digits_));
  const Ending waited = Wait(second, "second");
  EXPECT_EQ(waited.exit_code, 0);
  EXPECT_THAT(waited.output, HasSubstr("was here  " + digits_));
  EXPECT_EQ(*ReadFile(digits_), kDigits);
  EXPECT_EQ(server.requests().size(), 1u);
}

// The terminal sends Ctrl-C to the program and to curl, a supervisor to the program alone.
TEST_F(FetchTest, CtrlCKeepsWhatCame) {
  for (const bool terminal : {true, false}) {
    std::atomic<bool> slow = true;
    const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
      if (!slow) return Serve(request, client);
      client->Send(HttpFile(request, kDigits, "").substr(0, 50000));
      client->WaitForClose();
    });
    Catalogue(server);
    fs::remove_all(folder_ + "/data");
    const pid_t process = Start({"digits", "--stall=1000"}, "stopped");
    const auto came = [&] {
      std::error_code absent;
      const auto size = fs::file_size(digits_ + ".part", absent);
      return absent ? 0 : size;
    };
    Until([&] { return came() > 20000; });
    kill(terminal ? -process : process, SIGINT);
    const Ending run = Wait(process, "stopped");
    EXPECT_EQ(run.exit_code, 130) << run.output;
    EXPECT_THAT(run.output, HasSubstr("error: interrupted; type the same again to go on with " + digits_ + ".part"));
    EXPECT_FALSE(fs::exists(digits_));
    const auto kept = came();
    EXPECT_GT(kept, 20000u);
    slow = false;
    EXPECT_EQ(Fetch({"digits"}).exit_code, 0);
    EXPECT_EQ(*ReadFile(digits_), kDigits);
    EXPECT_EQ(server.requests().at(1).start, static_cast<int64_t>(kept));
  }
}

TEST_F(FetchTest, TheProgramsEndIsCurlsEnd) {
  std::atomic<bool> left = false;
  const HttpServer server([&](const HttpRequest& request, HttpConnection* client) {
    client->Send(HttpFile(request, kDigits, "").substr(0, 50000));
    client->WaitForClose();
    left = true;
  });
  Catalogue(server);
  const pid_t process = Start({"digits", "--stall=1000"}, "ended");
  Until([&] { return !server.requests().empty(); });
  kill(process, SIGTERM);
  EXPECT_EQ(Wait(process, "ended").exit_code, -SIGTERM);
  Until([&] { return left.load(); });
}

TEST_F(FetchTest, UsageErrorsEndWith2) {
  const HttpServer server(Serve);
  Catalogue(server);
  ExpectFailure({}, 2, "name what to fetch: digits, net; --list says more");
  ExpectFailure({"digit"}, 2, "unknown name 'digit'; did you mean 'digits'?");
  ExpectFailure({"net", "dogs"}, 2, "unknown name 'dogs'");
  ExpectFailure({"--form=x", "net"}, 2, "unknown flag '--form'; did you mean '--from'?");
  ExpectFailure({"--tries=0", "net"}, 2, "flags --tries and --stall must be 1 or more");
  WriteFiles(folder_, {{"catalogue.json", "[{}]"}});
  ExpectFailure({"digits"}, 2, "catalogue: ");
  EXPECT_FALSE(fs::exists(folder_ + "/data"));
  EXPECT_EQ(server.requests().size(), 0u);
}

TEST_F(FetchTest, DiskAndToolHaveExitCodesOfTheirOwn) {
  const HttpServer server(Serve);
  Catalogue(server);
  WriteFiles(folder_, {{"data/digits", "a file stands where the folder should"}});
  ExpectFailure({"digits"}, 6, "cannot write " + folder_ + "/data/digits: ");
  const std::string before = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  ExpectFailure({"net"}, 7, "the program curl is missing: install it with tools/setup.sh");
  setenv("PATH", before.c_str(), 1);
  EXPECT_TRUE(fs::is_empty(folder_ + "/nets"));
}

TEST(OwnCatalogueTest, IsInTheProgram) {
  ASSERT_EQ(std::system(("datasets/fetch --list cifar-10 > " + testing::TempDir() + "/own.log").c_str()), 0);
  EXPECT_THAT(*ReadFile(testing::TempDir() + "/own.log"), HasSubstr("cifar-10-binary.tar.gz"));
}

}  // namespace
}  // namespace dl
