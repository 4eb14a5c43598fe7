# Training with each activation at its best learning rate: validation accuracy (left) and training loss (right) against the
# epoch. Lines: means over the seeds; bands: one standard deviation to either side.
height = 7
call ARG4 ARG1 ARG2
data = ARG3

stats data skip 1 using 1 nooutput
curves = STATS_blocks
set xrange [STATS_min - 0.2:STATS_max + 0.2]
set xlabel "epoch"
mean(name, scale) = scale * column(name . "_mean")
low(name, scale) = scale * (column(name . "_mean") - column(name . "_std"))
high(name, scale) = scale * (column(name . "_mean") + column(name . "_std"))

set multiplot layout 1, 2
do for [panel = 1:2] {
  measure = panel == 1 ? "validation_accuracy" : "train_loss"
  scale = panel == 1 ? 100 : 1
  if (panel == 1) {
    set ylabel "validation accuracy (%)"
    set yrange [*:100]
    set key bottom right
  } else {
    set ylabel "training loss (nats)"
    set yrange [0:*]
    unset key
  }
  plot for [i = 0:curves - 1] data index i using 1:(low(measure, scale)):(high(measure, scale)) \
         with filledcurves fillcolor rgb colour(i) fillstyle transparent solid 0.12 noborder notitle, \
       for [i = 0:curves - 1] data index i using 1:(mean(measure, scale)) \
         with linespoints linecolor rgb colour(i) linewidth 1.4 pointtype i + 4 pointsize 0.5 title columnheader(1)
}
unset multiplot
