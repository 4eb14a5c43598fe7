# Decision boundaries as they form: a row of panels for each data set, a column for each moment of training. A place has
# the colours of the classes as far as their probabilities exceed chance, and is white where the network cannot tell.
# The lines are where the likeliest two classes are equally likely; marks are training points, one shape a class.
#
# ARG5: the epochs that the still shows, where there are such frames: "0 2 5". The animation shows all frames.
data = ARG3
animated = ARG1 eq "gif"
SET = 2; PANEL = 3; EPOCH = 4; X = 5; Y = 6; CLASS = 7; P0 = 8; P1 = 9; P2 = 10  # columns
set datafile missing "NaN"

# What there is: data sets, their names and numbers of classes; epochs in increasing order.
stats data skip 1 using PANEL nooutput
panels = int(STATS_max) + 1
array names[panels]
array classes[panels]
do for [k = 1:panels] {
  stats data skip 1 using (column(PANEL) == k - 1 ? (names[k] = strcol(SET), column(CLASS)) : NaN) nooutput
  classes[k] = int(STATS_max) + 1
}
stats data skip 1 using EPOCH nooutput
latest = int(STATS_max)
array seen[latest + 1]
do for [e = 0:latest] { seen[e + 1] = 0 }
stats data skip 1 using (strcol(1) eq "grid" ? (seen[int(column(EPOCH)) + 1] = 1) : NaN) nooutput
epochs = ""
do for [e = 0:latest] {
  shown = seen[e + 1] && (animated || strstrt(" " . ARG5 . " ", sprintf(" %d ", e)))
  if (shown) { epochs = epochs . sprintf(" %d", e) }
}
if (epochs eq "") { epochs = sprintf("%d", latest) }

# In centimetres. A frame of the animation is one row, with the data sets side by side.
width = 15.0
left = 0.8; right = 0.05; top = animated ? 1.1 : 0.5; bottom = 0.45; gap = 0.12
columns = animated ? panels : words(epochs)
rows = animated ? 1 : panels
side = (width - left - right) / (columns < 4 && !animated ? 4 : columns)
height = top + bottom + rows * side
call ARG4 ARG1 ARG2

# A class's share of the colour of a place: nothing at chance, four fifths at certainty; in steps, since an animation
# has 256 colours.
steps = animated ? 12 : 250
excess(i, k) = column(3 + i) > 1.0 / k ? (column(3 + i) - 1.0 / k) / (1 - 1.0 / k) : 0
share(i, k) = 0.8 * int(steps * excess(i, k) + 0.5) / steps
fade(k, a, b, c) = int(255 * (1 - a * share(0, k) - b * share(1, k) - c * share(2, k)))
# White less blue #0072B2, orange #E69F00, which is lighter in grey too, and green #009E73.
red(k) = fade(k, 1, 0.1, 1)
green(k) = fade(k, 0.55, 0.38, 0.38)
blue(k) = fade(k, 0.3, 1, 0.55)
larger(a, b) = a > b ? a : b
# By how much class i is likelier than any other.
lead(i) = column(3 + i) - larger(column(3 + (i + 1) % 3), column(3 + (i + 2) % 3))
mark = "7 9 5"
dark = "#00304D #5A2600 #00402F"

set border 15 linecolor "#808080" linewidth 0.5
unset tics
unset key
unset colorbox
unset grid

frames = animated ? words(epochs) + 8 : 1  # the last one is held
do for [frame = 1:frames] {
  set multiplot
  do for [k = 1:panels] {
    do for [c = (animated ? k - 1 : 0):(animated ? k - 1 : columns - 1)] {
      r = animated ? 0 : k - 1
      e = int(word(epochs, !animated ? c + 1 : frame > words(epochs) ? words(epochs) : frame))

      # This panel's part of the grid, with the empty line between rows that contours want, and its contours.
      here(p) = column(PANEL) == k - 1 && column(EPOCH) == e && strcol(1) eq "grid" ? p : NaN
      set table $places
      plot data skip 1 using (here(column(X))):Y:P0:P1:P2 with table
      unset table
      size = int(sqrt(|$places|) + 0.5)
      set print $grid
      do for [i = 1:|$places|] {
        print $places[i]
        if (i % size == 0) { print "" }
      }
      set print
      set autoscale xy
      set contour base
      unset surface
      set cntrparam levels discrete 0
      set table $boundary
      splot for [i = 0:(classes[k] == 2 ? 0 : classes[k] - 1)] $grid using 1:2:(lead(i))
      unset table
      unset contour
      set surface

      set lmargin at screen (left + c * side) / width
      set rmargin at screen (left + (c + 1) * side - gap) / width
      set tmargin at screen 1 - (top + r * side) / height
      set bmargin at screen 1 - (top + (r + 1) * side - gap) / height
      stats $places using 1:2 nooutput
      set xrange [STATS_min_x:STATS_max_x]
      set yrange [STATS_min_y:STATS_max_y]
      unset label
      if (animated) {
        set label 1 names[k] at graph 0.5, 1.06 center
        if (k == 1) { set label 2 sprintf("epoch %d", e) at screen 0.5, 1 - 0.35 / height center }
      } else {
        if (r == 0) { set label 1 (c == 0 ? "epoch " : "") . sprintf("%d", e) at graph 0.5, 1.12 center }
        if (c == 0) { set label 2 names[k] at screen 0.2 / width, graph 0.5 center rotate by 90 }
      }
      if (c == 0 && r == rows - 1) {
        set label 3 "x" at graph 0.5, graph -0.1 center
        set label 4 "y" at graph -0.06, graph 0.5 right
      }
      plot $places using 1:2:(red(classes[k])):(green(classes[k])):(blue(classes[k])) with rgbimage, \
           $boundary using 1:2 with lines linecolor "black" linewidth 1, \
           for [i = 0:classes[k] - 1] data skip 1 using \
             (column(PANEL) == k - 1 && column(CLASS) == i ? column(X) : NaN):Y every 3 \
             with points pointtype int(word(mark, i + 1)) pointsize (animated ? 0.5 : 0.26) \
             linecolor rgb word(dark, i + 1)
    }
  }
  unset multiplot
}
