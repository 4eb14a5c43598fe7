# The distance to the minimum against steps, both for gradient descent and its two momenta with theory's constants: one
# panel a method, one line a condition number, of which four at most are shown.
data = ARG3
set datafile columnheaders
height = 6.6
call ARG4 ARG1 ARG2

seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("kappa"))) nooutput
every = (words(seen) + 2) / 4 > 1 ? 2 : 1
shown = int((words(seen) + every - 1) / every)
kappa(i) = word(seen, every * (i - 1) + 1)
array methods[3] = ["sgd", "momentum", "nesterov"]
array titles[3] = ["gradient descent", "heavy ball (Polyak)", "Nesterov"]
stats data using "step" nooutput
steps = STATS_max
stats data using (log10(column("distance"))) nooutput
lowest = floor(STATS_min)
highest = STATS_max
is_here(m, i) = strcol("method") eq methods[m] && strcol("kappa") eq kappa(i)

set logscale xy
set format y "1e%T"
set format x "1e%T"
set xrange [1:1.5 * steps]
set yrange [10 ** lowest:2 * 10 ** highest]
set xtics 1, 10
set ytics 1e-12, 10, 1
set xlabel "step" offset 0, 0.4
unset key
set multiplot layout 1, 3 margins 0.085, 0.985, 0.17, 0.84 spacing 0.025
do for [m = 1:3] {
  set title titles[m] offset 0, -0.5
  if (m == 1) {
    set ylabel "distance / distance at the start" offset 0.5, 0
  } else {
    unset ylabel
    set format y ""
  }
  plot for [i = 1:shown] data using (is_here(m, i) ? column("step") + 1 : NaN):"distance" \
         with lines linecolor rgb colour(i - 1) linewidth 1.6 dashtype i
}

# The legend, as wide as the page.
unset title
unset xlabel
unset ylabel
unset label
unset border
unset tics
unset grid
set lmargin at screen 0.02
set rmargin at screen 0.98
set tmargin at screen 0.99
set bmargin at screen 0.8
set key at screen 0.5, 0.99 center top horizontal maxrows 1 width 1
unset logscale
set xrange [0:1]
set yrange [0:1]
plot for [i = 1:shown] NaN with lines linecolor rgb colour(i - 1) linewidth 1.6 dashtype i \
       title "κ = " . sprintf("%.0f", real(kappa(i)))
unset multiplot
