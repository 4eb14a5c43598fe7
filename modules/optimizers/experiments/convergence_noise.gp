# The gap f - f* in noise against steps, both logarithmic: one panel a problem, one line a schedule, with and without
# averaging; marks are means over the seeds, lines the exact expectation.
data = ARG3
set datafile columnheaders
height = 7.4
call ARG4 ARG1 ARG2

array problems[2] = ["steep", "flat"]
array titles[2] = ["curved: eigenvalues from 0.1 to 1", "nearly level: eigenvalues from 1e-6 to 1"]
array schedules[3] = ["constant", "1/sqrt(t)", "1/t"]
array names[3] = ["constant rate", "rate ∝ 1/√t", "rate ∝ 1/t"]
is_here(p, s, averaged) = strcol("problem") eq problems[p] && \
                          strcol("method") eq schedules[s] . (averaged ? " averaged" : "")
stats data using "step" nooutput
steps = STATS_max
stats data using "gap_mean" nooutput

set logscale xy
set format "1e%T"
set xrange [1:1.3 * steps]
set yrange [0.5 * STATS_min:2 * STATS_max]
set xlabel "step" offset 0, 0.4
unset key
set multiplot layout 1, 2 margins 0.085, 0.985, 0.15, 0.82 spacing 0.03
do for [p = 1:2] {
  set title titles[p] offset 0, -0.5
  if (p == 1) {
    set ylabel "gap f - f*" offset 0.5, 0
  } else {
    unset ylabel
    set format y ""
  }
  plot for [s = 1:3] data using (is_here(p, s, 0) ? column("step") : NaN):"expected" \
         with lines linecolor rgb colour(s - 1) linewidth 1.2, \
       for [s = 1:3] data using (is_here(p, s, 1) ? column("step") : NaN):"expected" \
         with lines linecolor rgb colour(s - 1) linewidth 1.2 dashtype (6, 4), \
       for [s = 1:3] data using (is_here(p, s, 0) ? column("step") : NaN):"gap_mean" \
         with points linecolor rgb colour(s - 1) pointtype 2 * s + 3 pointsize 0.5, \
       for [s = 1:3] data using (is_here(p, s, 1) ? column("step") : NaN):"gap_mean" \
         with points linecolor rgb colour(s - 1) pointtype 2 * s + 2 pointsize 0.6
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
set key at screen 0.5, 0.99 center top horizontal maxrows 2 width 1
unset logscale
set xrange [0:1]
set yrange [0:1]
plot for [s = 1:3] NaN with linespoints linecolor rgb colour(s - 1) linewidth 1.2 pointtype 2 * s + 3 \
       pointsize 0.5 title names[s], \
     for [s = 1:3] NaN with linespoints linecolor rgb colour(s - 1) linewidth 1.2 dashtype (6, 4) \
       pointtype 2 * s + 2 pointsize 0.6 title names[s] . ", averaged"
unset multiplot
