#include "modules/training/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "absl/strings/str_format.h"

namespace dl {
namespace {

// "45.2k" for 45210.
std::string Thousands(double value) {
  return value >= 1e4 ? absl::StrFormat("%.1fk", value / 1e3) : absl::StrFormat("%.0f", value);
}

}  // namespace

ProgressStyle StandardErrorStyle() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  const bool terminal = isatty(STDERR_FILENO) != 0 && !dumb;
  return {terminal, terminal && (no_color == nullptr || *no_color == '\0')};
}

std::string FormatDuration(double seconds) {
  const auto s = static_cast<int64_t>(seconds + 0.5);
  if (s < 3600) return absl::StrFormat("%d:%02d", s / 60, s % 60);
  return absl::StrFormat("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
}

void Progress::Begin(std::string name, int64_t epochs, int64_t steps, int64_t done) {
  EndLine();
  name_ = std::move(name);
  epochs_ = epochs;
  steps_ = steps;
  begun_ = done_ = done;
  epoch_ = done * epochs / std::max<int64_t>(steps, 1);
  examples_ = 0;
  start_ = drawn_ = Clock::now();
}

std::string Progress::Status(double loss, double accuracy) const {
  const double seconds = Seconds();
  const double rate = seconds > 0 ? static_cast<double>(examples_) / seconds : 0;
  const double a_step = done_ > begun_ ? seconds / static_cast<double>(done_ - begun_) : 0;
  const double left = a_step * static_cast<double>(steps_ - done_);
  return absl::StrFormat("%s%s%s  epoch %d/%d  %s examples/s  ETA %s  loss %.4f  accuracy %.2f %%",
                         style_.color ? "\033[1m" : "", name_, style_.color ? "\033[0m" : "", epoch_ + 1, epochs_,
                         Thousands(rate), FormatDuration(left), loss, 100 * accuracy);
}

void Progress::Step(int64_t examples, double loss, double accuracy) {
  ++done_;
  examples_ += examples;
  if (!style_.terminal || Clock::now() - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = Clock::now();
  Draw(Status(loss, accuracy));
}

void Progress::Epoch(int64_t epoch, double train_loss, double train_accuracy, double test_accuracy) {
  epoch_ = epoch;
  const std::string text =
      Status(train_loss, train_accuracy) + absl::StrFormat("  test %.2f %%", 100 * test_accuracy);
  Draw(text);
  epoch_ = epoch + 1 < epochs_ ? epoch + 1 : epoch;
}

void Progress::Part(const std::string& part, int64_t done, int64_t parts) {
  if (Clock::now() - drawn_ < std::chrono::milliseconds(style_.terminal ? 100 : 1000)) return;
  drawn_ = Clock::now();
  Draw(absl::StrFormat("%d/%d  %s", done, parts, part));
}

void Progress::Draw(const std::string& text) {
  if (style_.terminal) {
    out_ << "\r\033[K" << text << std::flush;
    line_open_ = true;
  } else {
    out_ << text << std::endl;
  }
}

void Progress::EndLine() {
  if (line_open_) out_ << std::endl;
  line_open_ = false;
}

}  // namespace dl
