# Training after different starts, each at its own learning rate: the mean over the seeds, the band one standard
# deviation. Epoch 0 is the loss before the first step.
call ARG4 ARG1 ARG2
data = ARG3

stats data skip 1 using 1 nooutput
curves = STATS_blocks
last = STATS_max
line(i) = i % 7 == 6 ? "#404040" : colour(i)  # the palette's yellow is too pale for a line
set tics textcolor "#000000"
set xrange [0:last]
set xlabel "epoch"
set multiplot layout 1, 2

set ylabel "training loss (nats)"
set logscale y
set ytics ("0.001" 1e-3, "0.01" 0.01, "0.1" 0.1, "1" 1, "10" 10, "100" 100, "1,000" 1e3, "10,000" 1e4, "100,000" 1e5)
set yrange [*:*]
unset key
plot for [i = 0:curves - 1] data index i using 1:(column("train_loss_mean") - column("train_loss_std")): \
         (column("train_loss_mean") + column("train_loss_std")) \
       with filledcurves fillcolor rgb line(i) fillstyle transparent solid 0.2 noborder notitle, \
     for [i = 0:curves - 1] data index i using 1:(column("train_loss_mean")) \
       with linespoints linecolor rgb line(i) dashtype i + 1 linewidth 1.4 pointtype 2 * i + 4 pointsize 0.5 notitle

unset logscale y
set ytics autofreq
set ylabel "test accuracy (%)"
set yrange [0:100]
set key outside right center samplen 3
plot for [i = 0:curves - 1] data index i using 1:(100 * (column("test_accuracy_mean") - column("test_accuracy_std"))): \
         (100 * (column("test_accuracy_mean") + column("test_accuracy_std"))) \
       with filledcurves fillcolor rgb line(i) fillstyle transparent solid 0.2 noborder notitle, \
     for [i = 0:curves - 1] data index i using 1:(100 * column("test_accuracy_mean")) \
       with linespoints linecolor rgb line(i) dashtype i + 1 linewidth 1.4 pointtype 2 * i + 4 pointsize 0.5 \
       title columnheader(1)
unset multiplot
