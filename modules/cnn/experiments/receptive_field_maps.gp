# The influence of each pixel on the unit in the middle: a row of panels a kind of network, a column a label, or all in
# one row where they are few. Colour: the influence over the largest.
#
# ARG5: the labels that are shown, where there are such: depths, or "before after". ARG6: the kinds that are. ARG7: the
# word before the labels of rows.
data = ARG3
set datafile columnheaders

# The words of ARG6 that occur as kinds, and those of ARG5 that occur as their labels.
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("kind"))) nooutput
occurs(word) = strstrt(seen . " ", " " . word . " ") > 0
kinds = ""
do for [k = 1:words(ARG6)] { if (occurs(word(ARG6, k))) { kinds = kinds . " " . word(ARG6, k) } }
seen = ""
stats data using (note(strcol("label"))) nooutput
labels = ""
do for [k = 1:words(ARG5)] { if (occurs(word(ARG5, k))) { labels = labels . " " . word(ARG5, k) } }

# Centimetres.
width = 15.0
right = 1.9; top = 0.7; bottom = 0.2; gap = 0.15
in_one_row = words(kinds) * words(labels) <= 4
columns = in_one_row ? words(kinds) * words(labels) : words(labels)
rows = in_one_row ? 1 : words(kinds)
left = in_one_row ? 0.1 : 1.0
side = (width - left - right) / columns
if (side > 3.6) { side = 3.6 }
height = top + bottom + rows * side
call ARG4 ARG1 ARG2

# Viridis, of equal steps to the eye.
set palette defined (0 "#440154", 0.125 "#482878", 0.25 "#3e4a89", 0.375 "#31688e", 0.5 "#26828e", 0.625 "#1f9e89", \
                     0.75 "#35b779", 0.875 "#6dcd59", 1 "#fde725")
set cbrange [0:1]
set border 15 linecolor "#808080" linewidth 0.5
unset tics
unset key
unset grid
unset colorbox
before = exists("ARG7") ? ARG7 . " " : ""
is_here(i, j) = strcol("kind") eq word(kinds, i) && strcol("label") eq word(labels, j)
set multiplot
do for [i = 1:words(kinds)] {
  do for [j = 1:words(labels)] {
    c = in_one_row ? (i - 1) * words(labels) + j : j
    r = in_one_row ? 1 : i
    set autoscale xy  # which stats keeps to
    stats data using (is_here(i, j) ? column("row") : NaN) name "row" nooutput
    set lmargin at screen (left + (c - 1) * side) / width
    set rmargin at screen (left + c * side - gap) / width
    set tmargin at screen 1 - (top + (r - 1) * side) / height
    set bmargin at screen 1 - (top + r * side - gap) / height
    set xrange [-0.5:row_max + 0.5]
    set yrange [row_max + 0.5:-0.5]
    unset label
    title = in_one_row ? word(kinds, i) . ", " . word(labels, j) : (j == 1 ? before : "") . word(labels, j)
    if (r == 1) { set label 1 title at graph 0.5, screen 1 - 0.35 / height center }
    if (!in_one_row && j == 1) {
      set label 2 word(kinds, i) at screen 0.55 / width, graph 0.5 center rotate by 90
    }
    if (r == 1 && c == columns) {
      set colorbox vertical user origin (left + columns * side + 0.15) / width, 1 - (top + rows * side - gap) / height \
                   size 0.3 / width, (rows * side - gap) / height
      set cbtics 0, 0.25, 1 scale 0.4 offset -0.6, 0 textcolor "#000000"
    } else {
      unset colorbox
    }
    plot data using (is_here(i, j) ? column("column") : NaN):"row":"influence" with image
  }
}
unset multiplot
