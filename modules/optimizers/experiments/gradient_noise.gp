# The noise of a batch's gradient over its signal, against the size of the batch, where training starts and where it has
# ended. Points: measured on batches, one a seed; lines: tr(Σ)/(B |G|²), from single examples, the mean over the seeds.
# Noise and signal are equal in batches of tr(Σ)/|G|² examples, the simple noise scale.
height = 7.2
call ARG4 ARG1 ARG2
data = ARG3

array moments[2] = ["start", "trained"]
array titles[2] = ["at the start", "after training"]
here(m, v) = strcol("moment") eq moments[m] ? v : NaN
array scale[2]
do for [m = 1:2] {
  stats data using (here(m, column("predicted") * column("batch_size") / column("squared_norm"))) nooutput
  scale[m] = STATS_mean
}
stats data using "batch_size" nooutput
last = 3 * (scale[2] > STATS_max ? scale[2] : STATS_max)

set logscale xy
set xrange [0.75:last]
set yrange [0.3 * scale[1] / last:3 * scale[2]]
set format "%g"
set ytics (0.01, 0.1, 1, 10, 100, 1000, "10 000" 10000)
set xtics (1, 10, 100, 1000, "10 000" 10000)
set xlabel "examples in the batch, B"
set ylabel "noise over signal, |g - G|² / |G|²"
set key at graph 0.985, graph 0.97 right top reverse Left
set arrow 1 from 0.75, 1 to last, 1 nohead dashtype (7, 4) linecolor "#404040" linewidth 1
set label 1 "noise = signal" at 0.85, 1 offset 0, 0.6 textcolor "#404040"
do for [m = 1:2] {
  set arrow m + 1 from scale[m], graph 0 to scale[m], 1 nohead dashtype (2, 3) linecolor rgb colour(m - 1) linewidth 1
  set label m + 1 sprintf("%.0f", scale[m]) at scale[m], graph 0.05 left offset 0.6, 0 textcolor rgb colour(m - 1)
}
plot for [m = 1:2] [x = 0.75:last] scale[m] / x with lines linecolor rgb colour(m - 1) linewidth 1.4 notitle, \
     for [m = 1:2] data using "batch_size":(here(m, column("variance") / column("squared_norm"))) with points \
       linecolor rgb colour(m - 1) pointtype 4 + 2 * m pointsize 0.6 linewidth 1 notitle, \
     for [m = 1:2] NaN with linespoints linecolor rgb colour(m - 1) pointtype 4 + 2 * m pointsize 0.6 linewidth 1.4 \
       title titles[m]
