# Training loss against the distance from the end of training, the mean over random directions: one panel an optimizer,
# one curve a batch size. Lines: means over the seeds; bands: one standard deviation to either side.
#
# The blocks of the data are named "OPTIMIZER, BATCH_SIZE".
data = ARG3
stats data skip 1 using 1 name "all" nooutput
curves = all_blocks
array labels[curves]
do for [i = 1:curves] { stats data index i - 1 every ::0::0 using (labels[i] = strcol(1), 0) nooutput }
comma(i) = strstrt(labels[i], ", ")
optimizer(i) = labels[i][1:comma(i) - 1]
batch(i) = labels[i][comma(i) + 2:*]

names = ""
sizes = ""
do for [i = 1:curves] {
  if (strstrt(names . " ", " " . optimizer(i) . " ") == 0) { names = names . " " . optimizer(i) }
  if (strstrt(sizes . " ", " " . batch(i) . " ") == 0) { sizes = sizes . " " . batch(i) }
}
rank(i) = sum [k = 1:words(sizes)] (word(sizes, k) eq batch(i) ? k : 0)
height = 6
call ARG4 ARG1 ARG2

stats data using (column("loss_mean") + column("loss_std")) name "loss" nooutput
set yrange [0:1.03 * loss_max]
set xrange [0:1]
set xtics 0, 0.25, 1
set multiplot layout 1, words(names) margins 0.085, 0.985, 0.175, 0.9 spacing 0.025
do for [p = 1:words(names)] {
  set title word(names, p) offset 0, -0.6
  set xlabel (p == (words(names) + 1) / 2 ? "distance (filter lengths)" : " ")
  set ylabel (p == 1 ? "training loss (nats)" : "")
  set format y (p == 1 ? "%g" : "")
  if (p == 1) { set key top left reverse Left } else { unset key }
  plot for [i = 1:curves] data index i - 1 using (optimizer(i) eq word(names, p) ? column(1) : NaN): \
           (column("loss_mean") - column("loss_std")):(column("loss_mean") + column("loss_std")) \
         with filledcurves fillcolor rgb colour(rank(i) - 1) fillstyle transparent solid 0.22 noborder notitle, \
       for [i = 1:curves] data index i - 1 using (optimizer(i) eq word(names, p) ? column(1) : NaN):"loss_mean" \
         with lines linecolor rgb colour(rank(i) - 1) dashtype rank(i) linewidth 1.6 notitle, \
       for [k = 1:words(sizes)] NaN with lines linecolor rgb colour(k - 1) dashtype k linewidth 1.6 \
         title "batches of " . word(sizes, k)
}
unset multiplot
