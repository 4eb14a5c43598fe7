# From displacements.csv, a panel each head, and one of what has learned from moved images: accuracy against displacement,
# means over the seeds, bands one standard deviation.
data = ARG3
width = 15.0
height = 6.8
call ARG4 ARG1 ARG2
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("network"))) nooutput
networks = seen
count = words(networks)
panel_of(d) = strcol("augmentation") ne "none" ? "moved" : strcol("head")
seen = ""
stats data using (note(panel_of(0))) nooutput
panels = seen
columns = words(panels)
heading(w) = w eq "flatten" ? "all places, dense" : w eq "global" ? "mean of each map" : "all places, moved images"
titled(w) = w eq "mlp" ? "MLP" : w eq "max" ? "maximum" : w eq "average" ? "mean" : w
is_here(i, p) = strcol("network") eq word(networks, i) && panel_of(0) eq word(panels, p)
at(i, p) = is_here(i, p) ? column("displacement") : NaN
percent = 100
mean(d) = percent * column("accuracy_mean")
deviation(d) = percent * column("accuracy_std")
array markers[7] = [2, 7, 4, 9, 10, 5, 12]
stats data using "displacement" name "d" nooutput
set xrange [d_min - 0.4:d_max + 0.4]
set xtics 4
set yrange [0:102]
left = 1.3
gap = 0.35
side = (width - left - 0.2 + gap) / columns - gap
unset key
set tmargin at screen 0.8
set bmargin at screen 0.17
set multiplot
do for [p = 1:columns] {
  set lmargin at screen (left + (p - 1) * (side + gap)) / width
  set rmargin at screen (left + (p - 1) * (side + gap) + side) / width
  set title heading(word(panels, p)) offset 0, -0.7
  set xlabel "displacement (pixels)" offset 0, 0.3
  if (p == 1) { set ylabel "test accuracy (%)" offset 0.8, 0 } else { unset ylabel; set format y "" }
  plot for [i = 1:count] data using (at(i, p)):(mean(0) - deviation(0)):(mean(0) + deviation(0)) with filledcurves \
         fillcolor rgb colour(i - 1) fillstyle transparent solid 0.15 noborder, \
       for [i = 1:count] data using (at(i, p)):(mean(0)) with linespoints linecolor rgb colour(i - 1) \
         pointtype markers[i] pointsize 0.45 linewidth 1.2
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset border
unset tics
unset title
unset xlabel
unset ylabel
set key at screen 0.53, 0.99 center top horizontal maxrows 1 samplen 2.4 width 2
plot [0:1] [0:1] for [i = 1:count] NaN with linespoints linecolor rgb colour(i - 1) pointtype markers[i] pointsize 0.6 \
       linewidth 1.2 title titled(word(networks, i))
unset multiplot
