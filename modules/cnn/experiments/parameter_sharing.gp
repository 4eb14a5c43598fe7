# From summary.csv: test accuracy against the size of the training set, means over the seeds with one standard deviation;
# networks of the locally connected one's width (left) and of its number of parameters (right).
data = ARG3
height = 6.6
call ARG4 ARG1 ARG2
set datafile columnheaders
array names[3] = ["convolution", "local", "dense"]
array titles[3] = ["convolution", "locally connected", "dense"]
array markers[3] = [7, 4, 9]
array panels[2] = ["width", "parameters"]
array headings[2] = ["of equal width", "of equally many parameters"]
is_here(i, p) = strcol("network") eq names[i] && (strcol("equal") eq "both" || strcol("equal") eq panels[p])
at(i, p) = is_here(i, p) ? column("train_size") : NaN
percent = 100
mean(d) = percent * column("test_accuracy_mean")
deviation(d) = percent * column("test_accuracy_std")
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("train_size"))) nooutput
sizes = seen
stats data using (mean(0) + deviation(0)) name "high" nooutput
stats data using "train_size" name "size" nooutput
set logscale x
set xrange [size_min / 1.4:size_max * 1.4]
set yrange [0:10 * ceil(high_max / 10)]
set xtics (word(sizes, 1) int(word(sizes, 1)))
do for [k = 2:words(sizes)] { set xtics add (word(sizes, k) int(word(sizes, k))) }
unset mxtics
set xlabel "training examples" offset 0, 0.2
unset key
set tmargin at screen 0.8
set bmargin at screen 0.18
set multiplot
do for [p = 1:2] {
  set lmargin at screen (p == 1 ? 0.085 : 0.56)
  set rmargin at screen (p == 1 ? 0.51 : 0.985)
  set title headings[p] offset 0, -0.6
  if (p == 1) { set ylabel "test accuracy (%)" offset 0.8, 0 } else { unset ylabel; set format y "" }
  plot for [i = 1:3] data using (at(i, p)):(mean(0)):(deviation(0)) with yerrorbars linecolor rgb colour(i - 1) \
         pointtype markers[i] pointsize 0.01 linewidth 0.8, \
       for [i = 1:3] data using (at(i, p)):(mean(0)) with linespoints linecolor rgb colour(i - 1) dashtype i \
         pointtype markers[i] pointsize 0.7 linewidth 1.4
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset border
unset tics
unset title
unset xlabel
unset ylabel
unset logscale
set key at screen 0.53, 0.99 center top horizontal maxrows 1 samplen 3
plot [0:1] [0:1] for [i = 1:3] NaN with linespoints linecolor rgb colour(i - 1) dashtype i pointtype markers[i] \
       pointsize 0.7 linewidth 1.4 title titles[i]
unset multiplot
