// A chain of gradient transformations, composed at compile time into one loop over parameter, gradient and state.
#ifndef MODULES_OPTIMIZERS_CHAIN_H_
#define MODULES_OPTIMIZERS_CHAIN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

#include "modules/primitives/internal/multiversion.h"

namespace dl {

namespace internal {

// Calls step(u, p, state[first], ..., state[first + count - 1]) on element i.
template <typename T, typename Step, size_t N, size_t... I>
inline T ApplyStep(const Step& step, T u, T p, const std::array<T*, N>& state, [[maybe_unused]] int64_t i, size_t first,
                   std::index_sequence<I...>) {
  return step(u, p, state[first + I][i]...);
}

}  // namespace internal

// Chain(ScaleByAdam{}, AddDecayedWeights{1e-2}, ScaleByLearningRate{rate}): the update of each link is the input of the
// next; the last one's is added to the parameter.
template <typename... Links>
class Chain {
 public:
  static constexpr int kState = (0 + ... + Links::kState);

  explicit Chain(Links... links) : links_(std::move(links)...) {}

  // What the links do at one step, counted from 0: a function (u, p, state, i) → update of element i.
  auto At(int64_t step) const {
    return std::apply([&](const Links&... link) { return Composed(link.At(step)...); }, links_);
  }

 private:
  template <typename... Steps>
  struct Composed {
    explicit Composed(Steps... s) : steps(std::move(s)...) {}

    template <typename T>
    inline T operator()(T u, T p, const std::array<T*, kState>& state, int64_t i) const {
      return Run<0, 0>(u, p, state, i);
    }

    template <size_t K, size_t First, typename T>
    inline T Run(T u, T p, const std::array<T*, kState>& state, int64_t i) const {
      if constexpr (K == sizeof...(Steps)) {
        return u;
      } else {
        constexpr size_t count = std::tuple_element_t<K, std::tuple<Links...>>::kState;
        u = internal::ApplyStep(std::get<K>(steps), u, p, state, i, First, std::make_index_sequence<count>());
        return Run<K + 1, First + count>(u, p, state, i);
      }
    }

    std::tuple<Steps...> steps;
  };

  std::tuple<Links...> links_;
};

// [fused_update]
// updated[i] = p[i] + step(g[i], p[i], state, i) for i in {begin, ..., end - 1}: the whole optimizer in one pass over
// memory. `updated` may be p itself; otherwise no two arrays overlap. (Static, since GCC 14 cannot multiply versions of
// a template that other files may share.)
template <typename T, typename Step, size_t N>
DL_MULTIVERSION static void FusedUpdate(const Step& step, int64_t begin, int64_t end, const T* gradient,
                                        const T* parameter, T* updated, const std::array<T*, N>& state) {
  const Step local = step;  // copies that nothing can alias
  const std::array<T*, N> arrays = state;
#pragma GCC ivdep
  for (int64_t i = begin; i < end; ++i) {
    updated[i] = parameter[i] + local(gradient[i], parameter[i], arrays, i);
  }
}
// [/fused_update]

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_CHAIN_H_
