# Validation accuracy against the epoch: one panel a learning rate and network, one curve a start. Lines: means over the
# seeds; bands: one standard deviation to either side; marks: published, where something is.
stats ARG3 skip 1 using 1 name "all" nooutput
curves = all_blocks
panels = (curves + 1) / 2
rows = (panels + 1) / 2
columns = panels < 2 ? 1 : 2
height = 1.2 + 5.2 * rows
call ARG4 ARG1 ARG2
data = ARG3

published = system("grep -c published_accuracy_mean '" . data . "'") + 0  # blocks that have such marks

mean(name) = 100 * column(name . "_mean")
low(name) = 100 * (column(name . "_mean") - column(name . "_std"))
high(name) = 100 * (column(name . "_mean") + column(name . "_std"))

set xrange [all_min - 0.5:all_max + 0.7]
set yrange [*:*<100]
set key bottom right
set multiplot layout rows, columns
do for [panel = 0:panels - 1] {
  first = 2 * panel
  last = first + 1 < curves ? first + 1 : first
  set ylabel (panel % columns == 0 ? "validation accuracy (%)" : "")
  set xlabel (panel >= panels - columns ? "epoch" : "")
  plot for [i = first:last] data index i using 1:(low("validation_accuracy")):(high("validation_accuracy")) \
         with filledcurves fillcolor rgb colour(i - first) fillstyle transparent solid 0.25 noborder notitle, \
       for [i = first:last] data index i using 1:(mean("validation_accuracy")) \
         with lines linecolor rgb colour(i - first) dashtype 1 + i - first linewidth 1.6 title columnheader(1), \
       for [i = first:(published ? last : first - 1)] data index i using 1:(mean("published_accuracy")) \
         with points linecolor rgb colour(i - first) pointtype (i == first ? 6 : 8) pointsize 1 linewidth 1.4 notitle, \
       for [i = 1:(published ? 1 : 0)] NaN with points linecolor rgb "#404040" pointtype 6 title "published"
}
unset multiplot
