# The error of a numerical derivative against its step, both logarithmic: one panel a function, one line a scheme and
# precision, the mean over the seeds. The thin lines are the theory where f and its derivatives are about one:
# truncation h/2 or h²/6, plus rounding ε/h.
height = 7.4
call ARG4 ARG1 ARG2
data = ARG3

set logscale xy
set format "1e%T"
set xtics 1e-14, 1e3
set ytics 1e-12, 1e2
set xrange [1e-15:1e-1]
set yrange [1e-12:1e2]
set xlabel "step h"
set multiplot layout 1, 2

eps(i) = i % 2 == 0 ? 2.0 ** -23 : 2.0 ** -52
name(i) = word("central forward", i / 2 + 1) . ", " . word("f32 f64", i % 2 + 1)
theory(h, i) = (i < 2 ? h * h / 6 : h / 2) + eps(i) / h

# Bands sorts by function, scheme and precision: central f32, central f64, forward f32, forward f64.
do for [panel = 0:1] {
  set title panel == 0 ? "exp(tanh x)" : "loss of a 4-8-3 network"
  if (panel == 0) { set ylabel "relative error of the derivative" } else { unset ylabel }
  if (panel == 0) { set key bottom left } else { unset key }
  plot for [i = 0:3] theory(x, i) with lines linecolor rgb colour(i) linewidth 0.5 dashtype (4, 3) notitle, \
       for [i = 0:3] data index (4 * panel + i) using 1:"error_mean" \
         with lines linecolor rgb colour(i) linewidth 1.6 title name(i), \
       NaN with lines linecolor rgb "#404040" linewidth 0.5 dashtype (4, 3) title "theory"
}
unset multiplot
