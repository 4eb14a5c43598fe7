// Centred kernel alignment (CKA, Kornblith et al. 2019): how alike two layers, or two networks, arrange the same
// examples, whatever axes and scales they use.
//
//   CKA(K, L) = HSIC(K, L) / sqrt(HSIC(K, K) HSIC(L, L))
//
// where K = X Xᵀ and L = Y Yᵀ hold the products of the examples' centred features. A Gram matrix is made once for each
// layer, and any two of them compared.
#ifndef MODULES_TRANSFER_CENTRED_KERNEL_ALIGNMENT_H_
#define MODULES_TRANSFER_CENTRED_KERNEL_ALIGNMENT_H_

#include "modules/primitives/tensor.h"

namespace dl {

// X Xᵀ of the features with their columns centred: [N, N], f64. features: [N, ...] of any type.
Tensor LinearGram(const Tensor& features);

// Linear CKA, in [0, 1]: HSIC is tr(K L), the squared Frobenius norm of Yᵀ X.
// 1 for equal arrangements; of features that have nothing to do with each other far above 0 unless N is far above D. a,
// b: [N, N] of LinearGram, of the same examples in the same order; 0 where the features of either do not vary.
double Cka(const Tensor& a, const Tensor& b);

// The same by the estimator of HSIC without bias (Song et al. 2012), for which independent features have 0 on average:
//   (tr(K̃ L̃) + 1ᵀK̃1 1ᵀL̃1 / ((N - 1) (N - 2)) - 2 / (N - 2) 1ᵀK̃ L̃1) / (N (N - 3)),
// K̃ and L̃ with a diagonal of zeros. N at least 4. 0 where the estimate of either's own HSIC is not above 0.
double UnbiasedCka(const Tensor& a, const Tensor& b);

}  // namespace dl

#endif  // MODULES_TRANSFER_CENTRED_KERNEL_ALIGNMENT_H_
