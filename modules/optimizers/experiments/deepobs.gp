# Test accuracy against the epoch, one curve an optimizer, and what DeepOBS publishes as marks. Lines: means over the
# seeds; bands: one standard deviation to either side.
call ARG4 ARG1 ARG2
data = ARG3
stats data skip 1 using 1 name "all" nooutput
curves = all_blocks
published = system("grep -c published_accuracy_mean '" . data . "'") + 0  # blocks that have such marks

mean(name) = 100 * column(name . "_mean")
low(name) = 100 * (column(name . "_mean") - column(name . "_std"))
high(name) = 100 * (column(name . "_mean") + column(name . "_std"))

set xrange [all_min - 0.3:all_max + 0.3]
set xlabel "epoch"
set ylabel "test accuracy (%)"
set yrange [*:*<100]
set key bottom right
plot for [i = 0:curves - 1] data index i using 1:(low("test_accuracy")):(high("test_accuracy")) \
       with filledcurves fillcolor rgb colour(i) fillstyle transparent solid 0.25 noborder notitle, \
     for [i = 0:curves - 1] data index i using 1:(mean("test_accuracy")) \
       with lines linecolor rgb colour(i) dashtype 1 + i linewidth 1.6 title columnheader(1) . ", here", \
     for [i = 0:(published ? curves - 1 : -1)] data index i using 1:(mean("published_accuracy")) \
       with points linecolor rgb colour(i) pointtype (i == 0 ? 6 : 8) pointsize 1 linewidth 1.6 \
       title columnheader(1) . ", DeepOBS"
