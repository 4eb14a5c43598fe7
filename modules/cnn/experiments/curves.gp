# Learning curves: the loss that training meets (left) and the accuracy on the test set (right) after each epoch, a curve a
# group; means over the seeds, bands of one standard deviation.
height = 6.6
call ARG4 ARG1 ARG2
data = ARG3
stats data skip 1 using 1 nooutput
curves = STATS_blocks
# A single epoch still needs room to either side.
margin = STATS_min == STATS_max ? 0.5 : 0
set xrange [STATS_min - margin:STATS_max + margin]
set xlabel "epoch" offset 0, 0.2
unset key
mean(name, scale) = scale * column(name . "_mean")
low(name, scale) = scale * (column(name . "_mean") - column(name . "_std"))
high(name, scale) = scale * (column(name . "_mean") + column(name . "_std"))
array markers[6] = [6, 5, 8, 11, 4, 13]
set tmargin at screen 0.87
set bmargin at screen 0.18
set multiplot
do for [panel = 1:2] {
  set lmargin at screen (panel == 1 ? 0.085 : 0.6)
  set rmargin at screen (panel == 1 ? 0.49 : 0.985)
  set ylabel (panel == 1 ? "training loss (nats)" : "test accuracy (%)") offset 0.8, 0
  measure = panel == 1 ? "train_loss" : "test_accuracy"
  scale = panel == 1 ? 1 : 100
  if (panel == 1) {
    set yrange [0:3]
  } else {
    set yrange [0:*]
  }
  plot for [i = 1:curves] data index i - 1 using 1:(low(measure, scale)):(high(measure, scale)) \
         with filledcurves fillcolor rgb colour(i - 1) fillstyle transparent solid 0.2 noborder, \
       for [i = 1:curves] data index i - 1 using 1:(mean(measure, scale)) \
         with linespoints linecolor rgb colour(i - 1) dashtype i pointtype markers[i] pointsize 0.5 linewidth 1.5
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
set key at screen 0.53, 0.99 center top horizontal maxrows 1 samplen 3
set yrange [1e9:2e9]
unset border
unset tics
unset xlabel
unset ylabel
plot for [i = 1:curves] data index i - 1 using 1:(mean("train_loss", 1)) with linespoints linecolor rgb colour(i - 1) \
       dashtype i pointtype markers[i] pointsize 0.5 linewidth 1.5 title columnheader(1)
unset multiplot
