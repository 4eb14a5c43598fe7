# Training with each activation at its best learning rate: validation error (left) and training loss (right) against the
# epoch, as logarithms. Lines: means over the seeds; bands: one standard deviation to either side.
height = 7
call ARG4 ARG1 ARG2
data = ARG3

stats data skip 1 using 1 nooutput
curves = STATS_blocks
set xrange [STATS_min - 0.2:STATS_max + 0.2]
set xlabel "epoch"
set logscale y
# The share of errors in percent, from the mean accuracy and so many standard deviations; the loss likewise.
error(deviations) = 100 * (1 - column("validation_accuracy_mean") + deviations * column("validation_accuracy_std"))
loss(deviations) = column("train_loss_mean") + deviations * column("train_loss_std")
quantity(deviations) = panel == 1 ? error(deviations) : loss(deviations)
hue(i) = i < 6 ? colour(i) : "#404040"

set multiplot layout 1, 2
do for [panel = 1:2] {
  set ylabel (panel == 1 ? "validation error (%)" : "training loss (nats)")
  if (panel == 1) { set ytics (5, 10, 20, 50, 100) } else { set ytics auto; set format y "%g" }
  if (panel == 1) { set key bottom left reverse Left } else { unset key }
  plot for [i = 0:curves - 1] data index i using 1:(quantity(-1) > 0 ? quantity(-1) : quantity(0)):(quantity(1)) \
         with filledcurves fillcolor rgb hue(i) fillstyle transparent solid 0.12 noborder notitle, \
       for [i = 0:curves - 1] data index i using 1:(quantity(0)) \
         with linespoints linecolor rgb hue(i) linewidth 1.4 pointtype i + 4 pointsize 0.6 title columnheader(1)
}
unset multiplot
