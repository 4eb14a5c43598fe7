// Counted: a double that counts the arithmetic done with it. What a formula costs, by running it.
//
//   Counted::ResetCount();
//   BatchNormBackwardSimplified<Counted>(...);
//   Counted::count().multiplications;
#ifndef MODULES_BACKPROP_COUNTED_H_
#define MODULES_BACKPROP_COUNTED_H_

#include <cmath>
#include <cstdint>

namespace dl {

struct OperationCount {
  int64_t additions = 0;        // and subtractions, and changes of sign
  int64_t multiplications = 0;  // and divisions
  int64_t roots = 0;

  int64_t total() const { return additions + multiplications + roots; }
};

class Counted {
 public:
  Counted() = default;
  explicit Counted(double value) : value_(value) {}
  double value() const { return value_; }

  // Of this thread, since its last reset.
  static OperationCount count() { return count_; }
  static void ResetCount() { count_ = {}; }

  Counted& operator+=(Counted b) { return *this = *this + b; }
  Counted& operator-=(Counted b) { return *this = *this - b; }
  Counted& operator*=(Counted b) { return *this = *this * b; }
  Counted& operator/=(Counted b) { return *this = *this / b; }

  friend Counted operator+(Counted a, Counted b) { return After(count_.additions, a.value_ + b.value_); }
  friend Counted operator-(Counted a, Counted b) { return After(count_.additions, a.value_ - b.value_); }
  friend Counted operator-(Counted a) { return After(count_.additions, -a.value_); }
  friend Counted operator*(Counted a, Counted b) { return After(count_.multiplications, a.value_ * b.value_); }
  friend Counted operator/(Counted a, Counted b) { return After(count_.multiplications, a.value_ / b.value_); }
  friend Counted sqrt(Counted a) { return After(count_.roots, std::sqrt(a.value_)); }

 private:
  static Counted After(int64_t& counter, double value) {
    ++counter;
    return Counted(value);
  }

  static inline thread_local OperationCount count_;
  double value_ = 0;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_COUNTED_H_
