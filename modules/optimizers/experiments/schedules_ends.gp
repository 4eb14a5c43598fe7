# Where each schedule ends, at its best peak: training loss (left) and test loss (right), a colour an optimizer, from the
# rows of summary.csv. Bars: one standard deviation over the seeds to either side; the thin lines are those of the first
# schedule.
data = ARG3
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("schedule"))) nooutput
schedules = seen
seen = ""
stats data using (note(strcol("optimizer"))) nooutput
optimizers = seen

count = words(schedules)
width = 15.0
height = 1.9 + 0.52 * count
call ARG4 ARG1 ARG2

rank(name) = sum [k = 1:count] (word(schedules, k) eq name ? k : 0)
off(o) = 0.26 * (o - (words(optimizers) + 1) / 2.0)
first(o) = strcol("optimizer") eq word(optimizers, o) && rank(strcol("schedule")) == 1
place(o) = strcol("optimizer") eq word(optimizers, o) ? rank(strcol("schedule")) + off(o) : NaN
array measures[2] = ["train_loss", "test_loss"]
array low[2]
array high[2]
do for [panel = 1:2] {
  stats data using (column(measures[panel] . "_mean") - 1.2 * column(measures[panel] . "_std")) name "low" nooutput
  low[panel] = low_min > 0.005 ? low_min : 0.005
  stats data using (column(measures[panel] . "_mean") + 1.2 * column(measures[panel] . "_std")) name "high" nooutput
  high[panel] = high_max
}
array base[2 * words(optimizers)]
do for [panel = 1:2] {
  do for [o = 1:words(optimizers)] {
    v = NaN
    stats data using (v = first(o) ? column(measures[panel] . "_mean") : v, 1) nooutput
    base[2 * o - 2 + panel] = v
  }
}
set tics textcolor "#000000"
set yrange [count + 0.6:0.4]
set ytics (word(schedules, 1) 1) scale 0
do for [k = 2:count] { set ytics add (word(schedules, k) k) }
set logscale x
set xtics (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2)
set grid xtics ytics linetype 1 linecolor "#e4e4e4" linewidth 0.5
set multiplot layout 1, 2 margins 0.165, 0.98, 1.15 / height, 1 - 0.75 / height spacing 0.03
do for [panel = 1:2] {
  set xlabel (panel == 1 ? "training loss (nats)" : "test loss (nats)") offset 0, 0.3
  if (panel == 1) {
    set key at screen 0.57, screen 1 - 0.35 / height center center horizontal maxrows 1
  } else {
    unset key
    set ytics ("" 1)
    do for [k = 2:count] { set ytics add ("" k) }
  }
  set xrange [0.95 * low[panel]:1.05 * high[panel]]
  plot for [o = 1:words(optimizers)] "+" using (base[2 * o - 2 + panel]):(0.4):(0):(count + 0.2) every ::0::0 with vectors nohead \
         linecolor rgb colour(o - 1) linewidth 0.6 dashtype (3, 3) notitle, \
       for [o = 1:words(optimizers)] data using (column(measures[panel] . "_mean")):(place(o)):(column(measures[panel] . "_std")) \
         with xerrorbars linecolor rgb colour(o - 1) linewidth 1.2 pointtype 2 * o + 3 pointsize 0.7 \
         title word(optimizers, o)
}
unset multiplot
