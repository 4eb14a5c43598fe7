// One line that tells how training goes, redrawn in place; plain lines, one an epoch, where no terminal reads along.
#ifndef MODULES_TRAINING_PROGRESS_H_
#define MODULES_TRAINING_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace dl {

struct ProgressStyle {
  bool terminal = false;  // redraw one line
  bool color = false;
};

// What standard error is: a terminal or not, coloured unless $NO_COLOR is set or $TERM is "dumb".
ProgressStyle StandardErrorStyle();

// "1:02:03", "2:03" or "0:03".
std::string FormatDuration(double seconds);

class Progress {
 public:
  // Writes to `out`, which must outlive it.
  Progress(std::ostream& out, ProgressStyle style) : out_(out), style_(style) {}
  ~Progress() { EndLine(); }

  // A run of `steps` steps of `epochs` epochs begins under the given name, or goes on after `done` of them; the clock
  // starts.
  void Begin(std::string name, int64_t epochs, int64_t steps, int64_t done = 0);

  // After each step: `examples` were learned from. Redraws at most ten times a second.
  void Step(int64_t examples, double loss, double accuracy);

  // After each epoch, with what the test set says.
  void Epoch(int64_t epoch, double train_loss, double train_accuracy, double test_accuracy);

  // Of a run in parts, where nothing is learned or many small networks are: `part` is next, `done` of `parts` lie behind.
  // Without a terminal a line a second at most.
  void Part(const std::string& part, int64_t done, int64_t parts);

  // Leaves the line as it stands; the next output begins below it.
  void EndLine();

 private:
  using Clock = std::chrono::steady_clock;

  void Draw(const std::string& text);
  std::string Status(double loss, double accuracy) const;
  double Seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  std::ostream& out_;
  ProgressStyle style_;
  std::string name_;
  int64_t epochs_ = 0, epoch_ = 0, steps_ = 0, begun_ = 0, done_ = 0, examples_ = 0;
  Clock::time_point start_, drawn_;
  bool line_open_ = false;
};

}  // namespace dl

#endif  // MODULES_TRAINING_PROGRESS_H_
