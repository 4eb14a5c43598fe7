// Which libraries do the arithmetic: part of the record of every run.
#ifndef MODULES_PRIMITIVES_LIBRARIES_H_
#define MODULES_PRIMITIVES_LIBRARIES_H_

#include <map>
#include <string>

namespace dl {

// Name → version: "oneDNN", "OpenBLAS" (with the kernels that it chose for this CPU), "compiler".
std::map<std::string, std::string> LibraryVersions();

// The instruction set that oneDNN compiles for on this CPU: "avx512_core_bf16", "avx2", ...
std::string InstructionSet();

// Whether that set multiplies bf16 numbers; without, oneDNN refuses them or is slower at them than in f32.
bool ComputesInBF16();

}  // namespace dl

#endif  // MODULES_PRIMITIVES_LIBRARIES_H_
