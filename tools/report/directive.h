// Directives: the HTML comments in a chapter that ask the weaver for something.
//
//   <!-- KIND: WORD... OPTION=VALUE... where COLUMN=VALUE... | caption -->
//
// The options columns=, format= and id= may stand anywhere; every other NAME=VALUE after `where` is a condition.
// A comment whose first word does not end in a colon is a remark and is dropped, except for <!-- end -->. Words and
// values may stand in double quotes. What stands in a fenced code block is left alone. weaver.h lists the kinds.
#ifndef TOOLS_REPORT_DIRECTIVE_H_
#define TOOLS_REPORT_DIRECTIVE_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace dl {

struct Directive {
  std::string kind;                                        // "table"; "end" for <!-- end -->
  std::vector<std::string> words;                          // in order
  std::map<std::string, std::string> options;              // columns=..., format=...
  std::vector<std::pair<std::string, std::string>> where;  // all must hold
  std::string caption;                                     // Markdown
  int line = 0;                                            // of the chapter, from 1
  bool alone = false;                                      // nothing else stands on its lines
};

// A stretch of text and the directive that ends it; the last piece's directive has an empty kind.
struct Piece {
  std::string text;
  Directive directive;
};

// Splits a chapter. InvalidArgument "LINE: ..." where a comment or a quote never closes, or where `where` is followed
// by a word without "=".
absl::StatusOr<std::vector<Piece>> SplitChapter(std::string_view text);

}  // namespace dl

#endif  // TOOLS_REPORT_DIRECTIVE_H_
