# Heat maps of profiles.csv: one panel an activation (row) and initialiser (column), in it one strip a depth, whose
# cells are the layers. Colour: the gradient of the layer over that of the last hidden layer, in decades; the number on
# a strip is that of its first layer, "0" or "inf" where f32 cannot hold it.
data = ARG3
set datafile columnheaders

# The words that occur in a column, in their order.
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("activation"))) nooutput
activations = seen
seen = ""
stats data using (note(strcol("initializer"))) nooutput
initializers = seen
seen = ""
stats data using (note(strcol("depth"))) nooutput
depths = seen
rows = words(activations)
columns = words(initializers)
strips = words(depths)

# Centimetres.
left = 1.7
right = 0.25
above = 0.6
below = 2.1
gap = 0.12
width = 15.0
panel_width = (width - left - right) / columns - gap
if (panel_width > 6.5) { panel_width = 6.5 }
panel_height = strips < 3 ? 1.2 : 0.37 * strips + 0.1
height = above + below + rows * (panel_height + gap)
call ARG4 ARG1 ARG2

rank(depth) = sum [k = 1:strips] (word(depths, k) eq depth ? k : 0)
is_here(i, j) = strcol("activation") eq word(activations, i) && strcol("initializer") eq word(initializers, j)
beyond(underflows) = underflows > 0 ? -99 : 99
decades(n) = n > 0 ? column("log10_gradient_mean") : beyond(column("underflows"))
figure(d) = abs(d) < 0.05 ? "0.0" : abs(d) < 9.95 ? sprintf("%+.1f", d) : sprintf("%+.0f", d)
label(d) = d == -99 ? "0" : d == 99 ? "inf" : figure(d)
label_colour(d) = abs(d) > 8 ? 0xffffff : 0x000000

most = 20
set palette defined (-20 "#08306b", -10 "#2b7bba", -4 "#7fb8dc", -1 "#d6e6f4", 0 "#ffffff", \
                     1 "#fde3c8", 4 "#f5a85c", 10 "#d9600c", 20 "#7f2704")
set cbrange [-most:most]
unset colorbox
unset grid
unset key
set border 15 linecolor "#909090" linewidth 0.6
set tics textcolor "#000000"
set style fill solid noborder
set xrange [0:1]
set yrange [strips + 0.5:0.5]
small = ARG1 eq "pdf" ? "Latin Modern Roman,6.5" : "sans-serif,9.5"
set multiplot
do for [i = 1:rows] {
  do for [j = 1:columns] {
    x = left + (j - 1) * (panel_width + gap)
    y = height - above - i * (panel_height + gap) + gap
    set lmargin at screen x / width
    set rmargin at screen (x + panel_width) / width
    set bmargin at screen y / height
    set tmargin at screen (y + panel_height) / height
    unset title
    if (i == 1) { set title word(initializers, j) offset 0, -0.7 }
    set xtics ("" 0, "" 0.5, "" 1) scale 0.4 offset 0, 0.4
    if (i == rows) {
      set xtics ("0" 0, "½" 0.5)
      if (j == columns) { set xtics add ("1" 1) }
    }
    if (i == rows && j == 1) {
      set label 1 "layer / depth" at screen (left + columns * (panel_width + gap) / 2) / width, \
                                     screen (below - 0.75) / height center
    }
    unset ylabel
    unset ytics
    if (j == 1) {
      set ytics (word(depths, 1) 1) scale 0 offset 0.6, 0 textcolor "#000000"
      do for [k = 2:strips] { set ytics add (word(depths, k) k) }
      set label 2 word(activations, i) at screen 0.3 / width, (y + panel_height / 2) / height center rotate
      set label 3 "depth" at screen 0.72 / width, (y + panel_height / 2) / height center rotate
    }
    if (i == rows && j == columns) {
      set colorbox horizontal user origin left / width, 0.85 / height \
                   size columns * (panel_width + gap) / width, 0.2 / height
      set cbtics -most, 5, most offset 0, 0.5 scale 0.4
      set cblabel "log10 (gradient of the layer / gradient of the last hidden layer)" offset 0, 0.7
    }
    plot data using (is_here(i, j) ? column("layer") / column("depth") : NaN):(rank(strcol("depth"))): \
                    ((column("layer") - 1) / column("depth")):(column("layer") / column("depth")): \
                    (rank(strcol("depth")) - 0.44):(rank(strcol("depth")) + 0.44):(decades(column("n"))) \
           with boxxyerror linecolor palette, \
         data using (is_here(i, j) && column("layer") == 1 ? 0.03 : NaN):(rank(strcol("depth"))): \
                    (label(decades(column("n")))):(label_colour(decades(column("n")))) \
           with labels left font small textcolor rgb variable
    unset label
  }
}
unset multiplot
