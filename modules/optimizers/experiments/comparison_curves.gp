# Test error against the epoch, as a logarithm: one panel an optimizer, in it one curve a schedule, before the curves of
# all other panels in grey. Lines: means over the seeds; bands: one standard deviation to either side.
#
# The blocks of the data are named "OPTIMIZER, SCHEDULE", or by the optimizer where there is one schedule only.
data = ARG3
stats data skip 1 using 1 name "all" nooutput
curves = all_blocks
array labels[curves]
do for [i = 1:curves] { stats data index i - 1 every ::0::0 using (labels[i] = strcol(1), 0) nooutput }
comma(i) = strstrt(labels[i], ", ")
optimizer(i) = comma(i) ? labels[i][1:comma(i) - 1] : labels[i]
schedule(i) = comma(i) ? labels[i][comma(i) + 2:*] : "mean"

names = ""
schedules = ""
do for [i = 1:curves] {
  if (strstrt(names . " ", " " . optimizer(i) . " ") == 0) { names = names . " " . optimizer(i) }
  if (strstrt(schedules . " ", " " . schedule(i) . " ") == 0) { schedules = schedules . " " . schedule(i) }
}
count = words(names)
columns = count < 4 ? count : 4
rows = (count + columns - 1) / columns
rank(i) = sum [k = 1:words(schedules)] (word(schedules, k) eq schedule(i) ? k : 0)

width = 15.0
left = 1.45
right = 0.15
above = 1.15
below = 1.15
gap = 0.15
title_height = 0.65
panel_width = (width - left - right) / columns - gap
panel_height = 3.3
height = above + below + rows * (panel_height + title_height)
call ARG4 ARG1 ARG2

# Percent; an error of 0 has no logarithm.
floor = 0.02
error(deviations) = 100 * (1 - column("test_accuracy_mean") + deviations * column("test_accuracy_std"))
shown(deviations) = error(deviations) > floor ? error(deviations) : floor
stats data using (shown(0)) name "error" nooutput
hue(k) = colour(k - 1)
dash(k) = k == 1 ? 1 : 2

set logscale y
set yrange [0.85 * error_min:1.05 * (error_max < 95 ? error_max : 95)]
set xrange [all_min - 0.3:all_max + 0.3]
set multiplot
# The key, above an empty plot as wide as the figure.
set lmargin at screen left / width
set rmargin at screen 1
unset border
unset tics
set key at screen 0.5, 1 - 0.08 / height center top horizontal width 3
plot for [k = 1:words(schedules)] NaN with lines linecolor rgb hue(k) dashtype dash(k) linewidth 1.6 \
       title word(schedules, k) . (word(schedules, k) eq "constant" ? " rate" : ""), \
     NaN with lines linecolor "#c8c8c8" linewidth 0.7 title "all others"
unset key
set border 3
set tics nomirror out scale 0.6
set label 1 "test error (%)" at screen 0.32 / width, 0.5 * (1 + (below - above) / height) center rotate
set label 2 "epoch" at screen 0.5 * (1 + (left - right) / width), 0.35 / height center
set xtics nomirror all_max > 20 ? 5 : all_max > 8 ? 2 : 1
set ytics nomirror (0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50)
do for [p = 1:count] {
  c = (p - 1) % columns
  r = (p - 1) / columns
  set lmargin at screen (left + c * (panel_width + gap)) / width
  set rmargin at screen (left + c * (panel_width + gap) + panel_width) / width
  set tmargin at screen 1 - (above + r * (panel_height + title_height)) / height
  set bmargin at screen 1 - (above + r * (panel_height + title_height) + panel_height) / height
  set title word(names, p) offset 0, -0.8
  set format y (c == 0 ? "%g" : "")
  set format x (p > count - columns ? "%g" : "")
  plot for [i = 1:curves] data index i - 1 using 1:(shown(0)) with lines linecolor "#c8c8c8" linewidth 0.7 notitle, \
       for [i = 1:curves] data index i - 1 using \
         (optimizer(i) eq word(names, p) ? column(1) : NaN):(shown(-1)):(shown(1)) \
         with filledcurves fillcolor rgb hue(rank(i)) fillstyle transparent solid 0.25 noborder notitle, \
       for [i = 1:curves] data index i - 1 using (optimizer(i) eq word(names, p) ? column(1) : NaN):(shown(0)) \
         with lines linecolor rgb hue(rank(i)) dashtype dash(rank(i)) linewidth 1.6 notitle
  unset label
}
unset multiplot
