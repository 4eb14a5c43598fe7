# Gradients from layer to layer, of the deepest networks in profiles.csv: one panel an activation, one line an
# initialiser, the band one standard deviation over the seeds. A line ends where f32 holds no smaller number.
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
stats data using "depth" nooutput
depth = int(STATS_max)
panels = words(activations)
lines = words(initializers)

columns = panels > 1 ? 2 : 1
rows = (panels + columns - 1) / columns
width = 15.0
height = 1.6 + 4.3 * rows
call ARG4 ARG1 ARG2

is_here(i, j) = strcol("activation") eq word(activations, i) && strcol("initializer") eq word(initializers, j) && \
                column("depth") == depth && column("n") > 0
decades(i, j, sigmas) = is_here(i, j) ? column("log10_gradient_mean") + sigmas * column("log10_gradient_std") : NaN
step = depth > 8 ? depth / 8 : 1

set tics textcolor "#000000"
set xrange [1:depth]
set xtics add ("1" 1)
set yrange [-30:30]
set ytics 10
set multiplot
do for [i = 1:panels] {
  column_of = (i - 1) % columns
  row_of = (i - 1) / columns
  set lmargin at screen (1.6 + 7.5 * column_of) / width
  set rmargin at screen (1.6 + 7.5 * column_of + (columns == 1 ? 12.8 : 5.6)) / width
  set tmargin at screen (height - 0.55 - 4.3 * row_of) / height
  set bmargin at screen (height - 3.9 - 4.3 * row_of) / height
  set title word(activations, i) offset 0, -0.6
  unset xlabel
  if (i + columns > panels) { set xlabel sprintf("hidden layer of %d", depth) offset 0, 0.5 }
  set ylabel "log10 (gradient / last)" offset 1, 0
  unset key
  if (i == 1) {
    set key at screen 0.5, screen 0.45 / height center center horizontal maxrows 1 width 1
  }
  plot for [j = 1:lines] data using "layer":(decades(i, j, -1)):(decades(i, j, 1)) \
         with filledcurves fillcolor rgb colour(j - 1) fillstyle transparent solid 0.2 noborder notitle, \
       for [j = 1:lines] data using "layer":(decades(i, j, 0)) \
         with linespoints linecolor rgb colour(j - 1) linewidth 1.4 dashtype j \
         pointtype 2 * j + 2 pointsize 0.5 pointinterval step title word(initializers, j)
}
unset multiplot
