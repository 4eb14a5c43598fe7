// The weaver: replaces the directives of a chapter by what they ask for.
//
//   <!-- code: modules/backprop/gradients.cc#walk -->
//       the region between "// [walk]" and "// [/walk]" of a source file; without "#walk" the whole file
//   <!-- table: RESULT FILE columns=model,test_accuracy:percent where dataset=glyphs format=fixed3 | caption -->
//       columns of a CSV file of a result; table.h says how numbers are printed; an id=NAME makes <!-- ref: NAME -->
//       work
//   <!-- plot: NAME | caption -->
//       the figure NAME
//   <!-- value: RESULT FILE COLUMN where model=mlp format=percent -->
//       one field, in the middle of a sentence; `where` must leave one row
//   <!-- ref: NAME -->
//       "Figure 3" or "Table 2": the number of the figure or table NAME
//   <!-- if-run: RESULT --> ... <!-- end -->
//       prose about a result
//
// What asks for the result of an experiment that was not run becomes "*not run: REASON*", or "*not run*" in a sentence.
// Figures and tables come out as fenced divs, which tools/report/book.lua turns into what each format has for them.
#ifndef TOOLS_REPORT_WEAVER_H_
#define TOOLS_REPORT_WEAVER_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tools/results/result.h"

namespace dl {

struct Figure {
  bool drawn = false;
  bool animated = false;  // there is a GIF too
  std::string not_run;  // one line for each result that is missing: "NAME: REASON"
};

// What chapters may ask for, by name.
struct Library {
  Results results;
  std::map<std::string, Figure> figures;
  std::map<std::string, std::string> sources;  // path in the workspace → content
};

// The chapter `text`, woven. InvalidArgument "FILE:LINE: ..." on a directive that is malformed or names what `library`
// does not hold.
absl::StatusOr<std::string> Weave(const std::string& file, std::string_view text, const Library& library);

}  // namespace dl

#endif  // TOOLS_REPORT_WEAVER_H_
