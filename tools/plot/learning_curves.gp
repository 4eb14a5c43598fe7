# Learning curves: loss and accuracy against the epoch, one colour per group. The line is the mean over the seeds, solid
# on the test set and dashed on the training set; the band is one standard deviation to either side.
call ARG4 ARG1 ARG2
data = ARG3

stats data skip 1 using 1 nooutput
curves = STATS_blocks
# A single epoch still needs room to either side.
margin = STATS_min == STATS_max ? 0.5 : 0
set xrange [STATS_min - margin:STATS_max + margin]

set xlabel "epoch"
set multiplot layout 1, 2

mean(name, scale) = scale * column(name . "_mean")
low(name, scale) = scale * (column(name . "_mean") - column(name . "_std"))
high(name, scale) = scale * (column(name . "_mean") + column(name . "_std"))

set ylabel "cross-entropy loss (nats)"
set yrange [0:*]
unset key
do for [panel = 1:2] {
  measure = panel == 1 ? "loss" : "accuracy"
  scale = panel == 1 ? 1 : 100
  if (panel == 2) {
    set ylabel "accuracy (%)"
    set yrange [*:*<100]
    set key bottom right
  }
  train = "train_" . measure
  test = "test_" . measure
  plot for [i = 0:curves - 1] data index i using 1:(low(test, scale)):(high(test, scale)) \
         with filledcurves fillcolor rgb colour(i) fillstyle transparent solid 0.22 noborder notitle, \
       for [i = 0:curves - 1] data index i using 1:(low(train, scale)):(high(train, scale)) \
         with filledcurves fillcolor rgb colour(i) fillstyle transparent solid 0.12 noborder notitle, \
       for [i = 0:curves - 1] data index i using 1:(mean(test, scale)) \
         with lines linecolor rgb colour(i) linewidth 1.6 title columnheader(1), \
       for [i = 0:curves - 1] data index i using 1:(mean(train, scale)) \
         with lines linecolor rgb colour(i) dashtype (6, 4) linewidth 1.2 notitle, \
       NaN with lines linecolor rgb "#404040" linewidth 1.6 title "test", \
       NaN with lines linecolor rgb "#404040" dashtype (6, 4) linewidth 1.2 title "train"
}
unset multiplot
