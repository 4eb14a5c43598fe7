#include "modules/training/interrupt.h"

#include <csignal>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(InterruptDeathTest, TheFirstSignalIsRememberedAndTheSecondEnds) {
  EXPECT_EXIT(
      {
        CatchInterrupts();
        if (!CheckInterrupt().ok() || InterruptExitCode() != 0) std::exit(1);
        std::raise(SIGINT);
        if (CheckInterrupt().code() != absl::StatusCode::kCancelled || InterruptExitCode() != 130) std::exit(2);
        std::raise(SIGINT);
      },
      testing::KilledBySignal(SIGINT), "");
}

TEST(InterruptDeathTest, TheHandlerHasAStackOfItsOwn) {
  EXPECT_EXIT(
      {
        CatchInterrupts();
        struct sigaction action = {};
        stack_t stack = {};
        sigaction(SIGINT, nullptr, &action);
        sigaltstack(nullptr, &stack);
        std::exit((action.sa_flags & SA_ONSTACK) != 0 && (stack.ss_flags & SS_DISABLE) == 0 ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, TheSecondSignalMayBeOfTheOtherKind) {
  EXPECT_EXIT(
      {
        CatchInterrupts();
        std::raise(SIGINT);
        std::raise(SIGTERM);
      },
      testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace dl
