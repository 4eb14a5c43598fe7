# From gradients.csv, a panel a depth: before the first step, the root mean square of the gradient by each convolution's
# weights, first to last; a colour and mark a shortcut. Means over the seeds, bands of one standard deviation.
data = ARG3
height = 6.4
call ARG4 ARG1 ARG2
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("depth"))) nooutput
depths = seen
seen = ""
stats data using (note(strcol("shortcut"))) nooutput
shortcuts = seen
columns = words(depths)
array markers[3] = [7, 4, 9]
mean(d) = column("gradient_mean")
low(d) = mean(0) - column("gradient_std") > 0.1 * mean(0) ? mean(0) - column("gradient_std") : 0.1 * mean(0)
stats data using (low(0)) name "low" nooutput
stats data using (mean(0) + column("gradient_std")) name "high" nooutput
set logscale y
set yrange [low_min / 1.5:high_max * 1.5]
set format y "%.0e"
left = 1.95
gap = 0.6
width = 15.0
side = (width - left - 0.3 + gap) / columns - gap
titled(s) = s eq "none" ? "plain" : "shortcuts: " . s
set multiplot
do for [p = 1:columns] {
  depth = word(depths, p)
  at(s) = strcol("depth") eq depth && strcol("shortcut") eq word(shortcuts, s) ? column("layer") : NaN
  set lmargin at screen (left + (p - 1) * (side + gap)) / width
  set rmargin at screen (left + (p - 1) * (side + gap) + side) / width
  set tmargin at screen 0.79
  set bmargin at screen 0.18
  stats data using (strcol("depth") eq depth ? column("layer") : NaN) name "layer" nooutput
  set xrange [0:layer_max + 1]
  set title depth . " layers" offset 0, -0.7
  set xlabel "convolution, first to last" offset 0, 0.2
  unset ylabel
  unset key
  if (p == 1) {
    set ylabel "gradient, root mean square" offset -0.6, 0
    set format y "%.0e"
    set key at screen 0.55, 0.99 center top horizontal maxrows 1 samplen 2.5
  } else {
    set format y ""
  }
  plot for [s = 1:words(shortcuts)] data using (at(s)):(low(0)):(mean(0) + column("gradient_std")) with filledcurves \
         fillcolor rgb colour(s - 1) fillstyle transparent solid 0.22 noborder notitle, \
       for [s = 1:words(shortcuts)] data using (at(s)):(mean(0)) with linespoints linecolor rgb colour(s - 1) \
         dashtype s pointtype markers[s] pointsize 0.4 linewidth 1.3 title titled(word(shortcuts, s))
}
unset multiplot
