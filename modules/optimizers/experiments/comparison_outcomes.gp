# What the optimizers come to: for each network and data set (row), the test error after the last epoch (left) and
# the epochs to the target (right, where all runs got there), a mark a schedule. Bars: one standard deviation to either side.
data = ARG3
set datafile columnheaders

# The words that occur in a column, in their order.
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("dataset") . "/" . strcol("model"))) nooutput
tasks = seen
seen = ""
stats data using (note(strcol("optimizer"))) nooutput
names = seen
seen = ""
stats data using (note(strcol("schedule"))) nooutput
schedules = seen
rows = words(tasks)
count = words(names)

width = 15.0
left = 1.35
right = 0.15
above = 0.8
below = 1.6
gap = 1.5
panel_width = (width - left - right - gap) / 2
panel_height = 3.0
title_height = 0.55
height = above + below + rows * (panel_height + title_height) - 0.1
call ARG4 ARG1 ARG2

rank(name) = sum [k = 1:count] (word(names, k) eq name ? k : 0)
is_here(r, k) = strcol("dataset") . "/" . strcol("model") eq word(tasks, r) && strcol("schedule") eq word(schedules, k)
place(r, k) = is_here(r, k) ? rank(strcol("optimizer")) + 0.24 * (k - (words(schedules) + 1) / 2.0) : NaN
amount(panel) = panel == 1 ? 100 * (1 - column("test_accuracy_mean")) : column("epochs_to_target_mean")
deviation(panel) = panel == 1 ? 100 * column("test_accuracy_std") : column("epochs_to_target_std")
mark(k) = k == 1 ? 7 : k == 2 ? 8 : k + 3

set xrange [0.4:count + 0.6]
set multiplot
do for [r = 1:rows] {
  do for [panel = 1:2] {
    x = left + (panel - 1) * (panel_width + gap)
    y = height - above - r * (panel_height + title_height) + title_height
    set lmargin at screen x / width
    set rmargin at screen (x + panel_width) / width
    set bmargin at screen y / height
    set tmargin at screen (y + panel_height) / height
    unset title
    if (panel == 1) {
      set label 1 (word(tasks, r)[strstrt(word(tasks, r), "/") + 1:*] eq "mlp" ? "MLP" : "LeNet") . " on " . \
                  word(tasks, r)[1:strstrt(word(tasks, r), "/") - 1] at graph 0, 1.09 left
    }
    set ylabel (panel == 1 ? "test error (%)" : "epochs to target") offset 1, 0
    low = 1e9
    high = 0
    extend(y, d) = (low = y - d < low ? y - d : low, high = y + d > high ? y + d : high, 0)
    stats data using (strcol("dataset") . "/" . strcol("model") eq word(tasks, r) ? \
                      extend(amount(panel), deviation(panel)) : 0) nooutput
    if (high < low) { high = 1 }  # nobody got there
    if (panel == 2) { low = 0 }
    set yrange [low - 0.06 * (high - low):high + 0.06 * (high - low) + 1e-6]
    set xtics ("" 1)
    do for [k = 1:count] { set xtics add ((r == rows ? word(names, k) : "") k) }
    set xtics rotate by 35 right
    if (r == 1 && panel == 1) { set key at screen 0.5, 1 - 0.1 / height center top horizontal } else { unset key }
    plot for [k = 1:words(schedules)] data using (place(r, k)):(amount(panel)):(deviation(panel)) \
           with yerrorbars linecolor rgb colour(k - 1) pointtype mark(k) pointsize 0.7 linewidth 1 notitle, \
         for [k = 1:words(schedules)] NaN with points linecolor rgb colour(k - 1) pointtype mark(k) pointsize 0.7 \
           title word(schedules, k) . (word(schedules, k) eq "constant" ? " rate" : "")
    unset label
  }
}
unset multiplot
