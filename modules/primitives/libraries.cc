#include "modules/primitives/libraries.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cblas.h"
#include "dnnl.hpp"

namespace dl {
namespace {

// "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ..." → "0.3.21".
std::string OpenBlasVersion() {
  const std::vector<std::string> words = absl::StrSplit(openblas_get_config(), ' ');
  return words.size() > 1 ? words[1] : "unknown";
}

}  // namespace

std::map<std::string, std::string> LibraryVersions() {
  const dnnl_version_t* onednn = dnnl_version();
  return {{"oneDNN", absl::StrCat(onednn->major, ".", onednn->minor, ".", onednn->patch)},
          {"OpenBLAS", absl::StrCat(OpenBlasVersion(), " (", openblas_get_corename(), ")")},
          {"compiler", absl::StrCat("GCC ", __VERSION__)}};
}

std::string InstructionSet() {
  switch (dnnl::get_effective_cpu_isa()) {
    case dnnl::cpu_isa::sse41:
      return "sse41";
    case dnnl::cpu_isa::avx:
      return "avx";
    case dnnl::cpu_isa::avx2:
      return "avx2";
    case dnnl::cpu_isa::avx2_vnni:
      return "avx2_vnni";
    case dnnl::cpu_isa::avx512_core:
      return "avx512_core";
    case dnnl::cpu_isa::avx512_core_vnni:
      return "avx512_core_vnni";
    case dnnl::cpu_isa::avx512_core_bf16:
      return "avx512_core_bf16";
    case dnnl::cpu_isa::avx512_core_amx:
      return "avx512_core_amx";
    default:
      return "another";
  }
}

bool ComputesInBF16() {  // instruction sets are bits, each larger one with those of the sets within it
  constexpr auto kWanted = static_cast<unsigned>(dnnl::cpu_isa::avx512_core_bf16);
  return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & kWanted) == kWanted;
}

}  // namespace dl
