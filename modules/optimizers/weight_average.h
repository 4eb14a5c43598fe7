// The running mean of a network's weights: steadier than the weights themselves while the rate is high (Polyak &
// Juditsky 1992; as an exponential mean, Tarvainen & Valpola 2017).
//
//   WeightAverage average(Variables(model), 0.999);
//   ... optimizer.Step(...); average.Update(); ...
//   average.Swap();  // evaluate the mean
//   average.Swap();  // and go on training
#ifndef MODULES_OPTIMIZERS_WEIGHT_AVERAGE_H_
#define MODULES_OPTIMIZERS_WEIGHT_AVERAGE_H_

#include <string>
#include <vector>

#include "modules/backprop/variable.h"
#include "modules/optimizers/state.h"

namespace dl {

// slow ← slow + part · (fast - slow), one tensor for one, f32 or f64, in the order of `fast`.
void MoveTowards(std::vector<Tensor>& slow, const std::vector<Variable>& fast, double part);

class WeightAverage : public Stateful {
 public:
  // The mean begins at the present values. decay, in [0, 1): the share of the old mean that an update keeps.
  WeightAverage(std::vector<Variable> parameters, double decay);

  // mean ← decay · mean + (1 - decay) · parameters; to be called after each step.
  void Update() { MoveTowards(mean_, parameters_, 1 - decay_); }

  // Exchanges the parameters' values and the mean.
  void Swap();

  // The mean of parameter i, "i"; not while it is exchanged.
  void VisitState(const std::string& prefix, StateVisitor& visitor) override;

  const std::vector<Tensor>& mean() const { return mean_; }

 private:
  std::vector<Variable> parameters_;
  double decay_;
  std::vector<Tensor> mean_;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_WEIGHT_AVERAGE_H_
