// Our own mistakes stop the program: a broken promise prints one line and aborts.
//
//   DL_CHECK(a.dim(1) == b.dim(0)) << "MatMul: a is " << ToString(a.shape()) << ", b is " << ...;
//
// The world's mistakes (files, flags, downloads) travel up as absl::Status instead; see exit_code.h.
#ifndef MODULES_BASE_CHECK_H_
#define MODULES_BASE_CHECK_H_

#include <sstream>

namespace dl::internal {

// Collects the message of one failed check; its destructor prints it and aborts.
class CheckFailure {
 public:
  CheckFailure(const char* file, int line, const char* condition);
  [[noreturn]] ~CheckFailure();
  std::ostream& stream() { return stream_; }

 private:
  std::ostringstream stream_;
};

// Turns the streamed expression into void, so that both arms of DL_CHECK have one type.
struct Voidify {
  void operator&(std::ostream&) {}
};

}  // namespace dl::internal

// Aborts with "file:line: check failed: CONDITION: message" unless `condition` holds.
#define DL_CHECK(condition)               \
  (condition) ? static_cast<void>(0)      \
              : ::dl::internal::Voidify() & \
                    ::dl::internal::CheckFailure(__FILE__, __LINE__, #condition).stream()

#endif  // MODULES_BASE_CHECK_H_
