// Text from outside, made fit for one line of a message.
#ifndef MODULES_BASE_QUOTED_H_
#define MODULES_BASE_QUOTED_H_

#include <string>
#include <string_view>

namespace dl {

// `text` between single quotes: what is not printable ASCII, and quotes, as C writes them ("\n", "\033"), and only the
// start of what is longer than 100 bytes. A name in a file may be anything; a terminal should not obey it.
std::string Quoted(std::string_view text);

}  // namespace dl

#endif  // MODULES_BASE_QUOTED_H_
