# Training with batches of different sizes, each at its best rate: loss on the training set (above) and share of errors on
# the test set (below), against the steps made (left) and the examples seen (right). Lines: means over the seeds; bands:
# one standard deviation to either side.
height = 10.5
call ARG4 ARG1 ARG2
data = ARG3

stats data skip 1 using 1 nooutput
curves = STATS_blocks
mean(name) = column(name . "_mean")
# Of the loss in nats, or of the errors in percent, so many standard deviations off.
quantity(deviations) = row == 1 ? mean("train_loss") + deviations * column("train_loss_std") : \
                       100 * (1 - mean("test_accuracy") - deviations * column("test_accuracy_std"))
low = 1e9
stats data using (v = mean("train_loss"), low = v < low ? v : low) nooutput
positive(v) = v > 0.5 * low ? v : 0.5 * low
# The curves in the order of their batch sizes.
array order[curves]
array sizes[curves]
array names[curves]
do for [i = 1:curves] {
  stats data index i - 1 every ::0::0 using (names[i] = strcol(1), 1) nooutput
  stats data index i - 1 using (mean("samples") / column(1)) nooutput
  sizes[i] = STATS_mean
}
do for [i = 1:curves] {
  place = 1
  do for [j = 1:curves] { if (sizes[j] < sizes[i]) { place = place + 1 } }
  order[place] = i
}
x(column_of) = column_of == 1 ? column(1) : mean("samples")

set logscale xy
set xtics ("1" 1, "10" 10, "100" 100, "1k" 1e3, "10k" 1e4, "100k" 1e5, "1M" 1e6, "10M" 1e7)
stats data using 1 name "steps" nooutput
stats data using (mean("samples")) name "samples" nooutput
unset key
set multiplot layout 2, 2 margins 0.085, 0.985, 0.095, 0.915 spacing 0.085, 0.045
do for [row = 1:2] {
  do for [column_of = 1:2] {
    if (column_of == 1) { set ylabel (row == 1 ? "training loss (nats)" : "test error (%)") offset (row == 1 ? 1 : -0.5), 0 } else { unset ylabel }
    if (row == 1) { set format y "%g"; set ytics auto } else { set ytics (10, 15, 20, 30, 40, 60, 90) }
    if (row == 2) { set xlabel (column_of == 1 ? "steps" : "examples seen") } else { unset xlabel }
    set xrange [1:1.4 * (column_of == 1 ? steps_max : samples_max)]
    if (row == 2) { set yrange [8:100] } else { set yrange [0.7 * low:4] }
    plot for [i = 1:curves] data index order[i] - 1 using (x(column_of)):(positive(quantity(-1))):(positive(quantity(1))) \
           with filledcurves fillcolor rgb colour(i - 1) fillstyle transparent solid 0.18 noborder notitle, \
         for [i = 1:curves] data index order[i] - 1 using (x(column_of)):(quantity(0)) \
           with linespoints linecolor rgb colour(i - 1) linewidth 1.4 dashtype i pointtype 2 * i + 2 pointsize 0.45 \
           pointinterval 2 notitle
  }
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset border
unset tics
unset xlabel
unset ylabel
unset logscale
set key at screen 0.53, 0.985 center top horizontal maxrows 1
plot [0:1] [0:1] for [i = 1:curves] NaN with linespoints linecolor rgb colour(i - 1) linewidth 1.4 dashtype i \
  pointtype 2 * i + 2 pointsize 0.6 title (i == 1 ? "batches of " : "") . names[order[i]]
unset multiplot
