# From norms.csv, momentum only: the norm of the convolutions' weights (left) and the effective rate (right) after each
# epoch, for each strength of the decay of all weights; lines are means over the seeds, bands one standard deviation.
data = ARG3
height = 7
call ARG4 ARG1 ARG2
set datafile columnheaders
is_shown(d) = strcol("optimizer") eq "momentum" && (strcol("scope") eq "none" || strcol("scope") eq "all")
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (is_shown(0) ? note(strcol("decay")) : 0) nooutput
decays = seen
count = words(decays)
array rates[count]
do for [i = 1:count] {
  stats data using (is_shown(0) && strcol("decay") eq word(decays, i) ? column("learning_rate") : NaN) nooutput
  rates[i] = STATS_mean
}
stats data using "epoch" name "epoch" nooutput
set xrange [(epoch_min == epoch_max ? 0.5 : epoch_min):(epoch_min == epoch_max ? 1.5 : epoch_max)]
at(i) = is_shown(0) && strcol("decay") eq word(decays, i) ? column("epoch") : NaN
mean(name) = column(name . "_mean")
low(name) = mean(name) - column(name . "_std")
high(name) = mean(name) + column(name . "_std")
array markers[7] = [6, 5, 8, 11, 4, 13, 9]
set xlabel "epoch"
unset key
set multiplot
do for [panel = 1:2] {
  set lmargin at screen (panel == 1 ? 0.085 : 0.6)
  set rmargin at screen (panel == 1 ? 0.47 : 0.985)
  set tmargin at screen 0.8
  set bmargin at screen 0.19
  quantity = panel == 1 ? "weight_norm" : "effective_rate"
  if (panel == 1) {
    set ylabel "norm of the convolutions' weights" offset 0.8, 0
    set yrange [0:*]
  } else {
    set ylabel "effective rate η / ‖w‖²" offset -0.6, 0
    set logscale y
    set format y "%.0e"
    # Where all weights decay to nothing, it grows without end: that curve leaves the panel.
    set yrange [*:*<0.1]
  }
  plot for [i = 1:count] data using (at(i)):(low(quantity)):(high(quantity)) with filledcurves \
         fillcolor rgb colour(i - 1) fillstyle transparent solid 0.2 noborder, \
       for [i = 1:count] data using (at(i)):(mean(quantity)) with linespoints linecolor rgb colour(i - 1) dashtype i \
         pointtype markers[i] pointsize 0.5 linewidth 1.4
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset border
unset tics
unset title
unset xlabel
unset ylabel
unset logscale
set key at screen 0.53, 0.99 center top horizontal maxrows 2 samplen 3
plot [0:1] [0:1] for [i = 1:count] NaN with linespoints linecolor rgb colour(i - 1) dashtype i pointtype markers[i] \
       pointsize 0.5 linewidth 1.4 title sprintf("λ = %s, η = %g", word(decays, i), rates[i])
unset multiplot
