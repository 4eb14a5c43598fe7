# Settings of one kind on a logarithmic axis, a curve a group: training loss (left) and, in evaluation mode, the accuracy on
# test and training set (right), means over the seeds with one standard deviation. ARG5: the column that is the axis; ARG6:
# its label; ARG7: the column whose values are the curves; ARG8: "loss" for the left panel alone; "batch" for both, with
# batch_loss, the loss in training mode, dotted in the left one.
data = ARG3
height = 6.6
call ARG4 ARG1 ARG2
set datafile columnheaders
axis = ARG5
group = ARG7
panels = ARG8 eq "loss" ? 1 : 2
second = ARG8 eq "batch"
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol(group))) nooutput
# The first, the baseline, behind the others, which gives them the colours that they have among learning curves.
groups = words(seen) > 1 ? seen[strlen(word(seen, 1)) + 3:*] . " " . word(seen, 1) : seen
count = words(groups)
is_here(i) = strcol(group) eq word(groups, i)
at(i) = is_here(i) ? column(axis) : NaN
mean(name) = column(name . "_mean")
deviation(name) = column(name . "_std")
array markers[6] = [6, 5, 8, 11, 4, 13]

stats data using (column(axis)) name "axis" nooutput
set logscale x
set xrange [axis_min / 1.6:axis_max * 1.6]
set xtics format "%g"
set xlabel ARG6 offset 0, 0.2
unset key
set tmargin at screen 0.87
set bmargin at screen 0.18
percent = 100
set multiplot
do for [panel = 1:panels] {
  set lmargin at screen (panel == 1 ? 0.085 : 0.6)
  set rmargin at screen (panel == panels ? 0.985 : 0.49)
  if (panel == 1) {
    set ylabel "training loss (nats)" offset 0.8, 0
    set yrange [0:2.6]
    plot for [i = 1:count] data using (at(i)):(mean("train_loss")):(deviation("train_loss")) with yerrorbars \
           linecolor rgb colour(i - 1) pointtype markers[i] pointsize 0.01 linewidth 0.8, \
         for [i = 1:count] data using (at(i)):(mean("train_loss")) with linespoints linecolor rgb colour(i - 1) \
           dashtype i pointtype markers[i] pointsize 0.6 linewidth 1.5, \
         for [i = 1:count] data using (second ? at(i) : NaN):(second ? mean("batch_loss") : NaN) with linespoints \
           linecolor rgb colour(i - 1) dashtype (1, 4) pointtype markers[i] pointsize 0.3 linewidth 0.9
  } else {
    set ylabel "accuracy (%)" offset 0.8, 0
    set yrange [0:*<102]
    plot for [i = 1:count] data using (at(i)):(percent * mean("test_accuracy")):(percent * deviation("test_accuracy")) \
           with yerrorbars linecolor rgb colour(i - 1) pointtype markers[i] pointsize 0.01 linewidth 0.8, \
         for [i = 1:count] data using (at(i)):(percent * mean("test_accuracy")) with linespoints \
           linecolor rgb colour(i - 1) dashtype i pointtype markers[i] pointsize 0.6 linewidth 1.5, \
         for [i = 1:count] data using (at(i)):(percent * mean("train_accuracy")) with linespoints \
           linecolor rgb colour(i - 1) dashtype (1, 4) pointtype markers[i] pointsize 0.3 linewidth 0.9
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
set key at screen 0.53, 0.99 center top horizontal maxrows 1 samplen 3
if (panels == 1) {
  plot [0:1] [0:1] for [i = 1:count] NaN with linespoints linecolor rgb colour(i - 1) dashtype i pointtype markers[i] \
         pointsize 0.6 linewidth 1.5 title word(groups, i)
} else {
  plot [0:1] [0:1] for [i = 1:count] NaN with linespoints linecolor rgb colour(i - 1) dashtype i pointtype markers[i] \
         pointsize 0.6 linewidth 1.5 title word(groups, i), \
       NaN with linespoints linecolor rgb "#404040" dashtype (1, 4) pointtype 6 pointsize 0.3 linewidth 0.9 \
         title (second ? "training mode; training set" : "training set")
}
unset multiplot
