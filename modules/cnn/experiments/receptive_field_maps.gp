# The influence of each pixel on the unit in the middle: a row of panels a kind of stack, a column a depth; each panel
# is the whole theoretical field. Colour: the influence over the largest.
#
# ARG5: the labels that are shown, where there are such: depths, or "before after". ARG6: the kinds that are. ARG7: the
# word before the labels.
data = ARG3
set datafile columnheaders

# The words of `list` that occur in column(name), in the list's order.
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (strstrt(" " . ARG6 . " ", " " . strcol("kind") . " ") ? note(strcol("kind")) : 0) nooutput
kinds = seen
seen = ""
stats data using (strstrt(" " . ARG6 . " ", " " . strcol("kind") . " ") && \
                  strstrt(" " . ARG5 . " ", " " . strcol("label") . " ") ? note(strcol("label")) : 0) nooutput
labels = seen

# Centimetres.
width = 15.0
left = 1.0; right = 1.9; top = 0.7; bottom = 0.2; gap = 0.15
columns = words(labels)
rows = words(kinds)
side = (width - left - right) / columns
if (side > 2.6) { side = 2.6 }
height = top + bottom + rows * side
if (height < 4) { height = 4 }
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
is_here(i, j) = strcol("kind") eq word(kinds, i) && strcol("label") eq word(labels, j)
set multiplot
do for [i = 1:rows] {
  do for [j = 1:columns] {
    stats data using (is_here(i, j) ? column("row") : NaN) name "row" nooutput
    set lmargin at screen (left + (j - 1) * side) / width
    set rmargin at screen (left + j * side - gap) / width
    set tmargin at screen 1 - (top + (i - 1) * side) / height
    set bmargin at screen 1 - (top + i * side - gap) / height
    set xrange [-0.5:row_max + 0.5]
    set yrange [row_max + 0.5:-0.5]
    unset label
    if (i == 1) { set label 1 (j == 1 ? ARG7 . " " : "") . word(labels, j) at graph 0.5, screen 1 - 0.35 / height center }
    if (j == 1) {
      set label 2 word(kinds, i) at screen 0.55 / width, graph 0.5 center rotate by 90
    }
    if (i == 1 && j == columns) {
      set colorbox vertical user origin (left + columns * side + 0.15) / width, 1 - (top + rows * side - gap) / height \
                   size 0.3 / width, (rows * side - gap) / height
      set cbtics 0, 0.25, 1 scale 0.4 offset -0.6, 0
    } else {
      unset colorbox
    }
    plot data using (is_here(i, j) ? column("column") : NaN):"row":"influence" with image pixels
  }
}
unset multiplot
