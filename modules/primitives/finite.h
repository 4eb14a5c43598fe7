// Whether a tensor holds numbers only.
#ifndef MODULES_PRIMITIVES_FINITE_H_
#define MODULES_PRIMITIVES_FINITE_H_

#include "modules/primitives/tensor.h"

namespace dl {

// Whether no element is NaN or infinite; any type and layout. It reads the bits of each element once, as fast as memory
// brings them.
bool AllFinite(const Tensor& x);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_FINITE_H_
