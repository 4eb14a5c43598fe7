// The appendix: under what conditions every number of the book came about.
#ifndef TOOLS_REPORT_APPENDIX_H_
#define TOOLS_REPORT_APPENDIX_H_

#include <string>

#include "tools/results/result.h"

namespace dl {

// Markdown: for each result its flags, seeds, data sets with the beginning of their checksums, machine and versions, or
// why it was not run. What all complete runs share is said once.
std::string Appendix(const Results& results);

}  // namespace dl

#endif  // TOOLS_REPORT_APPENDIX_H_
