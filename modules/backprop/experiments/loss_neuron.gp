# One sigmoid neuron that should say 0: its output (left) and the slope of the cost by its weighted input (right, as a
# logarithm) against the epoch, for both costs from both starts.
height = 8
call ARG4 ARG1 ARG2
data = ARG3

array costs[2] = ["squared error", "cross-entropy"]
array starts[2] = ["w = 0.6, b = 0.9", "w = 2, b = 2"]
pick(cost, start, y) = strcol("cost") eq cost && strcol("start") eq start ? column(y) : NaN

set xlabel "epoch"
set multiplot layout 1, 2 margins 0.08, 0.985, 0.12, 0.73 spacing 0.11
set ylabel "output of the neuron"
set yrange [0:1]
set ytics 0, 0.2, 1
set key at screen 0.5, 0.985 center top horizontal samplen 2.6
plot for [c = 1:2] for [s = 1:2] data using "epoch":(pick(costs[c], starts[s], "output")) with lines \
       linecolor rgb colour(c - 1) dashtype 2 * c + s - 2 linewidth 1.8 title costs[c] . ", " . starts[s]
unset key
set ylabel "slope of the cost by the weighted input"
set yrange [0.005:1.2]
set ytics auto
set logscale y
plot for [c = 1:2] for [s = 1:2] data using "epoch":(pick(costs[c], starts[s], "output_slope")) with lines \
       linecolor rgb colour(c - 1) dashtype 2 * c + s - 2 linewidth 1.8
unset multiplot
