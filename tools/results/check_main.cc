// Checks that the files named on the command line are one experiment's result; the test of every experiment's
// miniature.
#include <iostream>
#include <string>
#include <vector>

#include "modules/base/exit_code.h"
#include "tools/results/result.h"

int main(int argc, char** argv) {
  const auto result = dl::ReadResult(std::vector<std::string>(argv + 1, argv + argc));
  if (!result.ok()) return dl::ReportStatus(result.status());
  std::cout << result->run.experiment << ": " << (result->run.complete ? "complete" : "not run: " + result->run.reason)
            << std::endl;
  return dl::kExitOk;
}
