# Training along some schedules, ARG5, separated by blanks: training loss (above) and test loss (below) against the epoch,
# a column an optimizer. Lines: means over the seeds; bands: one standard deviation to either side.
height = 9.8
call ARG4 ARG1 ARG2
data = ARG3

stats data skip 1 using 1 nooutput
blocks = STATS_blocks
last = STATS_max
# A block's label is "OPTIMIZER, SCHEDULE", without the former where there is one only.
array optimizer_of[blocks]
array schedule_of[blocks]
optimizers = ""
note(word) = (strstrt(optimizers . " ", " " . word . " ") > 0) ? 0 : (optimizers = optimizers . " " . word, 0)
do for [i = 1:blocks] {
  stats data index i - 1 every ::0::0 using (label = strcol(1), 1) nooutput
  comma = strstrt(label, ", ")
  optimizer_of[i] = comma > 0 ? label[1:comma - 1] : "all"
  schedule_of[i] = comma > 0 ? label[comma + 2:*] : label
  dummy = note(optimizer_of[i])
}
columns = words(optimizers)
rank(name) = sum [k = 1:words(ARG5)] (word(ARG5, k) eq name ? k : 0)
mean(name) = column(name . "_mean")
quantity(name, deviations) = mean(name) + deviations * column(name . "_std")
array measures[2] = ["train_loss", "test_loss"]
array low[2]
array high[2]
do for [row = 1:2] {
  lowest = 1e9
  highest = 0
  stats data using (v = mean(measures[row]), lowest = v < lowest ? v : lowest, highest = v > highest ? v : highest) nooutput
  low[row] = 0.75 * lowest
  high[row] = 1.25 * highest
}
inside(v) = v < low[row] ? low[row] : v

set tics textcolor "#000000"
set xrange [1:(last > 1 ? last : 2)]
set xtics 1
set logscale y
set multiplot layout 2, columns margins 0.115, 0.985, 0.1, 0.87 spacing 0.085, 0.06
do for [row = 1:2] {
  set yrange [low[row]:high[row]]
  if (high[row] > 8 * low[row]) { set ytics (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5) } else {
    set ytics (0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3)
  }
  do for [c = 1:columns] {
    here = word(optimizers, c)
    unset title
    unset xlabel
    unset ylabel
    unset key
    if (row == 1 && columns > 1) { set title here offset 0, -0.6 }
    if (row == 2) { set xlabel "epoch" offset 0, 0.4 }
    if (c == 1) { set ylabel (row == 1 ? "training loss (nats)" : "test loss (nats)") offset 1, 0 }
    if (row == 1 && c == 1) { set key at screen 0.5, screen 0.975 center center vertical maxrows 1 samplen 3 }
    plot for [i = 1:blocks] data index (i - 1) using (optimizer_of[i] eq here && rank(schedule_of[i]) > 0 ? column(1) : NaN): \
           (inside(quantity(measures[row], -1))):(quantity(measures[row], 1)) \
           with filledcurves fillcolor rgb colour(rank(schedule_of[i]) + 6) fillstyle transparent solid 0.15 noborder notitle, \
         for [i = 1:blocks] data index (i - 1) using (optimizer_of[i] eq here && rank(schedule_of[i]) > 0 ? column(1) : NaN): \
           (mean(measures[row])) with linespoints linecolor rgb colour(rank(schedule_of[i]) + 6) linewidth 1.4 \
           dashtype rank(schedule_of[i]) pointtype 2 * rank(schedule_of[i]) + 2 pointsize 0.5 notitle, \
         for [k = 1:words(ARG5)] NaN with linespoints linecolor rgb colour(k - 1) linewidth 1.4 dashtype k \
           pointtype 2 * k + 2 pointsize 0.5 title word(ARG5, k)
  }
}
unset multiplot
