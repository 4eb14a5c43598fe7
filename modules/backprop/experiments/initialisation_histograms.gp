# The sizes of activations before training, from histograms.csv: one panel an initialiser, one line a hidden layer, from
# light, the first, to dark, the last. Beside them stands the share of the last layer's activations that are 0.
data = ARG3
set datafile columnheaders

seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("initializer"))) nooutput
panels = words(seen)
stats data using "layer" nooutput
layers = int(STATS_max)
# What is drawn: from the smallest activations to the largest.
stats data using (column("share") > 0.002 ? column("log10_activation") : NaN) nooutput
low = floor(STATS_min) - 0.5
high = ceil(STATS_max) + 0.5
stats data using (100 * column("share")) nooutput
highest = 1.3 * STATS_max

columns = panels > 4 ? 4 : panels
rows = (panels + columns - 1) / columns
left = 1.5
gap = 0.45
width = 15.0
panel_width = (width - left - 0.15) / columns - gap
panel_height = 2.5
height = rows * (panel_height + 1.15) + 0.75
call ARG4 ARG1 ARG2

array shades[4] = ["#a6d854", "#35b779", "#31688e", "#440154"]
shade(l) = layers == 1 ? shades[4] : shades[1 + int((l - 1) * 3.0 / (layers - 1) + 0.5)]
is_here(i, l) = strcol("initializer") eq word(seen, i) && column("layer") == l
share_of_zeros(i) = is_here(i, layers) ? (zeros = column("zero_share"), 0) : 0

set tics textcolor "#000000"
set xrange [low:high]
set yrange [0:highest]
set xtics 2 offset 0, 0.3
set ytics 5
unset grid
set key samplen 2
set multiplot
do for [i = 1:panels] {
  zeros = 0
  stats data using (share_of_zeros(i)) nooutput
  column_of = (i - 1) % columns
  row_of = (i - 1) / columns
  x = left + column_of * (panel_width + gap)
  y = height - 0.6 - row_of * (panel_height + 1.15) - panel_height
  set lmargin at screen x / width
  set rmargin at screen (x + panel_width) / width
  set bmargin at screen y / height
  set tmargin at screen (y + panel_height) / height
  set title word(seen, i) offset 0, -0.6
  set label 1 sprintf("%.0f %% are 0", 100 * zeros) at graph 0.02, 0.92 left
  unset xlabel
  unset ylabel
  set format y ""
  if (column_of == 0) {
    set ylabel "activations (%)" offset 0.3, 0
    set format y "%g"
  }
  if (i + columns > panels) { set xlabel "log10 |h|" offset 0, 0.6 }
  unset key
  if (i == panels) {
    key_right = panels < rows * columns ? (x + panel_width + gap + 1.6) / width : 0.98
    set key at screen key_right, screen (y + panel_height) / height right top
  }
  plot for [l = 1:layers] data using (is_here(i, l) ? column("log10_activation") : NaN):(100 * column("share")) \
         with lines linecolor rgb shade(l) linewidth (1 + 0.3 * l) title sprintf("layer %d", l)
}
unset multiplot
