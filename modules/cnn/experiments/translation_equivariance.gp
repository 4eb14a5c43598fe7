# From equivariance.csv, a panel each stage of the networks that learned from images in the middle: how far its maps are
# from moving along with the image, against the displacement; means over the seeds with one standard deviation. Of the
# heads, the first.
data = ARG3
width = 15.0
height = 6.6
call ARG4 ARG1 ARG2
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("network"))) nooutput
networks = seen
count = words(networks)
seen = ""
stats data using (note(strcol("stride"))) nooutput
strides = seen
columns = words(strides)
seen = ""
stats data using (note(strcol("head"))) nooutput
first = word(seen, 1)
titled(w) = w eq "max" ? "maximum" : w eq "average" ? "mean" : w
is_here(i, p) = strcol("network") eq word(networks, i) && strcol("stride") eq word(strides, p) && \
                strcol("head") eq first && strcol("augmentation") eq "none"
at(i, p) = is_here(i, p) ? column("displacement") : NaN
percent = 100
mean(d) = percent * column("error_mean")
deviation(d) = percent * column("error_std")
# Colours and marks as in the figure of accuracies, where the perceptron has the first.
array markers[7] = [2, 7, 4, 9, 10, 5, 12]
stats data using (mean(0) + deviation(0)) name "high" nooutput
stats data using "displacement" name "d" nooutput
set xrange [0:d_max + 0.4]
set xtics 2
set yrange [0:1.03 * high_max]
left = 1.4
gap = 0.35
side = (width - left - 0.2 + gap) / columns - gap
unset key
set tmargin at screen 0.8
set bmargin at screen 0.17
set multiplot
do for [p = 1:columns] {
  set lmargin at screen (left + (p - 1) * (side + gap)) / width
  set rmargin at screen (left + (p - 1) * (side + gap) + side) / width
  set title sprintf("stage %d: %s pixels a place", p, word(strides, p)) offset 0, -0.7
  set xlabel "displacement (pixels)" offset 0, 0.3
  if (p == 1) { set ylabel "error of the moved maps (%)" offset 0.8, 0 } else { unset ylabel; set format y "" }
  plot for [i = 1:count] data using (at(i, p)):(mean(0)):(deviation(0)) with yerrorbars linecolor rgb colour(i) \
         pointtype markers[i + 1] pointsize 0.01 linewidth 0.8, \
       for [i = 1:count] data using (at(i, p)):(mean(0)) with linespoints linecolor rgb colour(i) \
         pointtype markers[i + 1] pointsize 0.55 linewidth 1.2
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset border
unset tics
unset title
unset xlabel
unset ylabel
set key at screen 0.53, 0.99 center top horizontal maxrows 1 samplen 2.4
plot [0:1] [0:1] for [i = 1:count] NaN with linespoints linecolor rgb colour(i) pointtype markers[i + 1] \
       pointsize 0.6 linewidth 1.2 title titled(word(networks, i))
unset multiplot
