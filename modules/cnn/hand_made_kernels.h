// Kernels that people have written down: what a convolution does to a picture, before any is learned.
#ifndef MODULES_CNN_HAND_MADE_KERNELS_H_
#define MODULES_CNN_HAND_MADE_KERNELS_H_

#include <array>
#include <string>
#include <vector>

#include "modules/primitives/tensor.h"

namespace dl {

struct HandMadeKernel {
  std::string name;
  std::array<float, 9> weights;  // 3x3, row by row
};

// "blur" (binomial), "sharpen" (the picture less its Laplacian), "emboss", "sobel_x" and "sobel_y" (Sobel & Feldman
// 1968: the slope to the right and downwards) and "laplacian".
const std::vector<HandMadeKernel>& HandMadeKernels();

// Each channel of each picture through the kernel; beyond the borders are zeros. pictures and result: [N, C, H, W],
// plain f32.
Tensor ApplyKernel(const HandMadeKernel& kernel, const Tensor& pictures);

// √(sobel_x² + sobel_y²): how steep, in whichever direction. Shapes as above.
Tensor EdgeStrength(const Tensor& pictures);

}  // namespace dl

#endif  // MODULES_CNN_HAND_MADE_KERNELS_H_
