# Learning a few pictures by heart: the loss (left, as a logarithm) and the accuracy on them (right) after each step,
# for a sound network and those with a fault. Lines: means over the seeds. One that diverges has no curve.
height = 7.4
call ARG4 ARG1 ARG2
data = ARG3

stats data skip 1 using 1 nooutput
curves = STATS_blocks
set xrange [0:STATS_max]
set xlabel "step, each on all pictures"
gap = STATS_max > 40 ? int(STATS_max / 8) : 5
hue(i) = i % 7 == 6 ? "#404040" : colour(i)
set multiplot layout 1, 2 margins 0.09, 0.985, 0.13, 0.97 spacing 0.1
set ylabel "loss (nats)"
set logscale y
set format y "%g"
set yrange [1e-4:1e3]
unset key
plot for [i = 0:curves - 1] data index i using 1:(column("loss_mean")) with linespoints linecolor rgb hue(i) \
       dashtype 1 + i / 7 pointtype i + 3 pointinterval gap pointsize 0.6 linewidth 1.5
unset logscale y
set format y "% h"
set ylabel "accuracy on the pictures (%)"
set yrange [0:103]
set key at graph 0.98, 0.66 top right samplen 2
plot for [i = 0:curves - 1] data index i using 1:(100 * column("accuracy_mean")) with linespoints \
       linecolor rgb hue(i) dashtype 1 + i / 7 pointtype i + 3 pointinterval gap pointsize 0.6 linewidth 1.5 \
       title columnheader(1)
unset multiplot
