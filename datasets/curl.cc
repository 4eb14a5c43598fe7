#include "datasets/curl.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace dl {
namespace {

constexpr int kNotInstalled = 127;            // as a shell says it; curl's own codes end below
constexpr int64_t kSlack = int64_t{1} << 16;  // bytes by which a file may outgrow its limit before it is stopped

// What curl is to say at the end, one line each; in the order in which ParseEnd reads it.
constexpr char kReport[] = "%{http_code}\n%header{content-length}\n%{errormsg}";

std::vector<std::string> Arguments(const CurlTransfer& transfer) {
  std::error_code absent;
  const auto size = std::filesystem::file_size(transfer.path, absent);
  std::vector<std::string> arguments = {"curl", "--fail", "--location", "--max-redirs", "10"};
  const auto add = [&](const std::string& flag, const std::string& value) {
    arguments.insert(arguments.end(), {flag, value});
  };
  add("--proto", "=http,https");
  add("--connect-timeout", absl::StrCat(transfer.stall_seconds));
  add("--speed-limit", "1024");
  add("--speed-time", absl::StrCat(transfer.stall_seconds));
  add("--max-filesize", absl::StrCat(transfer.most_bytes));
  add("--output", transfer.path);
  add("--write-out", kReport);
  if (!absent && size > 0) add("--continue-at", absl::StrCat(size));
  if (!transfer.etag_path.empty()) add("--etag-save", transfer.etag_path);
  if (!transfer.if_range.empty()) add("--header", "If-Range: " + transfer.if_range);
  arguments.push_back(isatty(STDERR_FILENO) ? "--progress-bar" : "--silent");
  arguments.push_back(transfer.url);
  return arguments;
}

// In the child: becomes curl, which reports to `report`, ends with us, and cannot write more than it should.
[[noreturn]] void Exec(std::vector<std::string> arguments, int report, int64_t most_bytes, const sigset_t& signals) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  dup2(report, STDOUT_FILENO);
  rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = std::min(limit.rlim_cur, static_cast<rlim_t>(most_bytes + kSlack));
  setrlimit(RLIMIT_FSIZE, &limit);
  std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit then fails as on a full disk
  sigprocmask(SIG_SETMASK, &signals, nullptr);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  _exit(kNotInstalled);
}

// Waits for the child, whose end and Ctrl-C are blocked signals; on Ctrl-C ends it. Its status as of waitpid, or
// Cancelled.
absl::StatusOr<int> Wait(pid_t child, const sigset_t& awaited) {
  const timespec a_moment = {.tv_sec = 0, .tv_nsec = 100000000};  // another thread may swallow the signal
  const timespec no_time = {};
  bool interrupted = false;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (sigtimedwait(&awaited, nullptr, &a_moment) != SIGINT) continue;
    interrupted = true;
    kill(child, SIGINT);
  }
  interrupted |= sigtimedwait(&awaited, nullptr, &no_time) == SIGINT;  // which the terminal sends to both of us
  interrupted |= WIFSIGNALED(status) && WTERMSIG(status) == SIGINT;
  if (interrupted) return absl::CancelledError("interrupted");
  return status;
}

CurlEnd ParseEnd(int status, std::FILE* report) {
  CurlEnd end;
  std::string text(4096, '\0');
  std::rewind(report);
  text.resize(std::fread(text.data(), 1, text.size(), report));
  const std::vector<std::string> lines = absl::StrSplit(text, absl::MaxSplits('\n', 2));
  if (lines.size() == 3) {
    (void)absl::SimpleAtoi(lines[0], &end.http_status);
    end.has_length = !lines[1].empty();
    end.error = lines[2];
  }
  end.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (end.error.empty() && end.code != 0) end.error = absl::StrCat("curl ended with code ", end.code);
  return end;
}

}  // namespace

absl::StatusOr<CurlEnd> RunCurl(const CurlTransfer& transfer) {
  const std::vector<std::string> arguments = Arguments(transfer);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> report(std::tmpfile(), std::fclose);
  if (!report) return absl::PermissionDeniedError("cannot make a temporary file; set TMPDIR to a folder with space");
  sigset_t awaited, before;
  sigemptyset(&awaited);
  sigaddset(&awaited, SIGINT);
  sigaddset(&awaited, SIGCHLD);
  sigprocmask(SIG_BLOCK, &awaited, &before);
  const pid_t child = fork();
  if (child == 0) Exec(arguments, fileno(report.get()), transfer.most_bytes, before);
  const absl::StatusOr<int> status =
      child < 0 ? absl::UnavailableError("cannot start curl; end other programs") : Wait(child, awaited);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (!status.ok()) return status.status();
  if (WIFEXITED(*status) && WEXITSTATUS(*status) == kNotInstalled) {
    return absl::UnavailableError("the program curl is missing: install it with tools/setup.sh");
  }
  return ParseEnd(*status, report.get());
}

}  // namespace dl
