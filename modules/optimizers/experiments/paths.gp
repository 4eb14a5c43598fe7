# Paths over contours (path_map.h): a panel a surface. Contours are at equal ratios of the height above the minimum, and
# the ground is the darker the lower it lies; a cross is a minimum, the open ring the start of all. The animation shows
# where everybody is after the same number of steps.
#
# ARG5: of more than seven walkers, those that are drawn: "sgd adam".
data = ARG3
animated = ARG1 eq "gif"
KIND = 1; PANEL = 2; TITLE = 3; WALKER = 4; STEP = 5; X = 6; Y = 7; HEIGHT = 8  # columns
set datafile missing "NaN"

# What there is: panels with their titles; walkers, in their order.
stats data skip 1 using PANEL nooutput
panels = int(STATS_max) + 1
array titles[panels]
array all[100]
walkers = 0
known(name) = sum [i = 1:walkers] (all[i] eq name)
meet(name) = known(name) ? 0 : (walkers = walkers + 1, all[walkers] = name, 0)
stats data skip 1 using (titles[int(column(PANEL)) + 1] = strcol(TITLE), \
                         strcol(KIND) eq "path" ? meet(strcol(WALKER)) : 0) nooutput
array shown[7]
count = 0
do for [i = 1:walkers] {
  if (count < 7 && (walkers <= 7 || strstrt(" " . ARG5 . " ", " " . all[i] . " "))) {
    count = count + 1
    shown[count] = all[i]
  }
}

# In centimetres.
width = 15.0
columns = panels < 4 ? panels : panels == 4 ? 2 : 3
rows = int((panels + columns - 1) / columns)
left = 0.95; right = 0.15; above = 0.55; below = 0.85; row_height = columns == 1 ? 9.5 : columns == 2 ? 5.2 : 4.2
legend = panels % columns == 0 ? 1.2 : 0.1  # below the panels, or in the place of the one that is missing
title_height = animated ? 0.7 : 0
height = rows * row_height + legend + title_height
delay = 35
call ARG4 ARG1 ARG2

# Panel k: its lattice, with the empty line between rows that contours want, its contours, its minima; and of each
# walker w a table of x, y and step.
floor_of(h) = h > 0 ? log10(h) : -9
number(name) = sum [i = 1:count] (shown[i] eq name ? i : 0)
set table $ground
plot data skip 1 using PANEL:X:Y:(floor_of(column(HEIGHT))) with table if (strcol(KIND) eq "grid")
unset table
set table $minima
plot data skip 1 using PANEL:X:Y with table if (strcol(KIND) eq "minimum")
unset table
set table $paths
plot data skip 1 using PANEL:(number(strcol(WALKER))):X:Y:STEP with table if (strcol(KIND) eq "path")
unset table
array low[panels]
array high[panels]
array x_low[panels]
array x_high[panels]
array y_low[panels]
array y_high[panels]
last = 1
do for [k = 1:panels] {
  set table $places
  plot $ground using ($1 == k - 1 ? $2 : NaN):3:4 with table
  unset table
  size = int(sqrt(|$places|) + 0.5)
  eval sprintf("set print $lattice_%d", k)
  do for [i = 1:|$places|] {
    print $places[i]
    if (i % size == 0) { print "" }
  }
  set print
  stats $places using 1:2 nooutput
  x_low[k] = STATS_min_x; x_high[k] = STATS_max_x; y_low[k] = STATS_min_y; y_high[k] = STATS_max_y
  stats $places using 3 nooutput
  high[k] = STATS_max
  low[k] = STATS_min > high[k] - 4 ? STATS_min : high[k] - 4
  set contour base
  unset surface
  eval sprintf("set cntrparam levels incremental %g, %g, %g", low[k], (high[k] - low[k]) / 10, high[k])
  eval sprintf("set table $contour_%d", k)
  eval sprintf("splot $lattice_%d using 1:2:3", k)
  unset table
  unset contour
  set surface
  do for [w = 1:count] {
    eval sprintf("set table $path_%d_%d", k, w)
    plot $paths using ($1 == k - 1 && $2 == w ? $3 : NaN):4:5 with table
    unset table
  }
}
stats $paths using ($2 > 0 ? $5 : 0) nooutput
last = STATS_max

set palette maxcolors (animated ? 12 : 128) defined (0 "#b4c3d4", 1 "#ffffff")  # of the 256 of an animation
unset colorbox
unset grid
unset key
set border 15 linecolor "#808080" linewidth 0.6
small = ARG1 eq "pdf" ? "Latin Modern Roman,7" : "sans-serif,10"
set tics scale 0.3 font small
mark(w) = int(word("4 6 8 12 10 1 2", w))
dash(w) = int(word("1 1 1 2 1 4 3", w))

# The moments of an animation, at ratios of about 1.4; the last one is held.
moments = ""
t = 0
while (animated && t < last) {
  moments = moments . sprintf(" %d", t)
  t = t < 4 ? t + 1 : int(1.4 * t)
}
do for [i = 1:5] { moments = moments . sprintf(" %d", last) }
frames = animated ? words(moments) : 1

do for [frame = 1:frames] {
  now = animated ? int(word(moments, frame)) : last
  set multiplot
  if (animated) { set label 9 sprintf("step %d", now) at screen 0.5, 1 - 0.35 / height center }
  do for [k = 1:panels] {
    c = (k - 1) % columns
    r = (k - 1) / columns
    cell = (width - right) / columns
    set lmargin at screen (c * cell + left) / width
    set rmargin at screen ((c + 1) * cell - 0.05) / width
    set tmargin at screen 1 - (title_height + r * row_height + above) / height
    set bmargin at screen 1 - (title_height + (r + 1) * row_height - below) / height
    set xrange [x_low[k]:x_high[k]]
    set yrange [y_low[k]:y_high[k]]
    set cbrange [low[k]:high[k]]
    set label 1 titles[k] at graph 0.5, 1.07 center
    set label 2 "x" at graph 0.5, screen (1 - (title_height + (r + 1) * row_height - below + 0.62) / height) center
    set label 3 "y" at graph 0, 1.07 center
    set xtics autofreq offset 0, 0.4
    set ytics autofreq offset 0.6, 0
    ground = sprintf("$lattice_%d using 1:2:3 with image, $contour_%d using 1:2 with lines linecolor rgb '#8fa1b5' " . \
                     "linewidth 0.4, $minima using ($1 == %d ? $2 : NaN):3 with points pointtype 2 pointsize 0.7 " . \
                     "linewidth 1.4 linecolor rgb '#000000'", k, k, k - 1)
    walks = ""
    do for [w = 1:count] {
      eval sprintf("there = |$path_%d_%d|", k, w)
      if (there > 0) {
        eval sprintf("stats $path_%d_%d using ($3 <= now ? (here_x = $1, here_y = $2, 0) : 0) nooutput", k, w)
        style = sprintf("linecolor rgb '%s' pointtype %d", colour(w - 1), mark(w))
        walks = walks . sprintf(", $path_%d_%d using ($3 <= now ? $1 : NaN):2 with linespoints %s dashtype %d " . \
                                "linewidth 1.1 pointinterval %d pointsize 0.35", k, w, style, dash(w), animated ? 5000 : 9)
        walks = walks . sprintf(", '+' using (%g):(%g) every ::::0 with points %s pointsize 0.9 linewidth 1.4", \
                                here_x, here_y, style)
        eval sprintf("first = $path_%d_%d[1]", k, w)
      }
    }
    start = sprintf(", '+' using (%s):(%s) every ::::0 with points pointtype 6 pointsize 0.9 linewidth 1.4 " . \
                    "linecolor rgb '#000000'", word(first, 1), word(first, 2))
    eval "plot " . ground . walks . start
    unset label
  }
  # The legend.
  spare = panels % columns
  set lmargin at screen (spare ? spare * cell + left : left) / width
  set rmargin at screen (width - right) / width
  set bmargin at screen 0.1 / height
  set tmargin at screen (spare ? row_height - 0.4 : legend - 0.1) / height
  set xrange [0:1]
  set yrange [0:1]
  unset border
  unset tics
  if (spare) { set key at graph 0, graph 1 left top Left reverse vertical maxrows 10 samplen 3 } \
  else { set key at graph 0.5, graph 0.5 center center horizontal maxrows 2 samplen 3 }
  plot for [w = 1:count] NaN with linespoints linecolor rgb colour(w - 1) pointtype mark(w) dashtype dash(w) \
         linewidth 1.1 pointsize 0.7 title shown[w], \
       NaN with points pointtype 6 pointsize 0.9 linewidth 1.4 linecolor rgb "#000000" title "start", \
       NaN with points pointtype 2 pointsize 0.7 linewidth 1.4 linecolor rgb "#000000" title "minimum"
  unset key
  set border 15
  set tics scale 0.3 font small
  unset multiplot
}
