# Descents at rates just below and just above the limit: one panel a method, gradient descent and the two momenta of the
# momentum nearest to 0.9.
data = ARG3
set datafile columnheaders
height = 6.4
call ARG4 ARG1 ARG2

seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("part"))) nooutput
distance_to(m) = abs(m - 0.9)
nearest = -1.0
choose(m) = (distance_to(m) < distance_to(nearest) ? (nearest = m) : 0, 0)
stats data using (choose(column("momentum"))) nooutput
array methods[3] = ["sgd", "momentum", "nesterov"]
array titles[3]
titles[1] = "gradient descent"
titles[2] = sprintf("heavy ball, μ = %g", nearest)
titles[3] = sprintf("Nesterov, μ = %g", nearest)
is_here(m, i) = strcol("method") eq methods[m] && strcol("part") eq word(seen, i) && \
                (m == 1 || column("momentum") == nearest)

stats data using "step" nooutput
set xrange [0:STATS_max]
set logscale y
set format y "1e%T"
set yrange [1e-6:1e6]
set ytics 1e-6, 100
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
  plot for [i = 1:words(seen)] data using (is_here(m, i) ? column("step") : NaN):"distance" \
         with lines linecolor rgb colour(i - 1) linewidth 1.5 dashtype i
}

# The legend, as wide as the page.
unset title
unset xlabel
unset ylabel
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
plot for [i = 1:words(seen)] NaN with lines linecolor rgb colour(i - 1) linewidth 1.5 dashtype i \
       title word(seen, i) . " of the limit"
unset multiplot
