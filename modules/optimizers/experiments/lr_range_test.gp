# A column for each optimizer. Above: the range tests, smoothed loss against the rate as it climbs, one line a seed; marks
# are the suggestions. Below: the loss that training with a rate of the grid ends at (line: mean over the seeds), and
# what each seed's suggestions end at. The dashed line is the grid's best rate.
data = ARG3
width = 15.0
height = 9.6
call ARG4 ARG1 ARG2

# The words that occur in a column, in their order.
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data skip 1 using (note(strcol(1))) nooutput
optimizers = seen
seen = ""
stats data skip 1 using (note(strcol(3))) nooutput
seeds = seen
FROM = 2; SEED = 3; RATE = 5; LOSS = 6; SMOOTHED = 7  # columns
columns = words(optimizers)
here(i, from) = strcol(1) eq word(optimizers, i) && strcol(FROM) eq from
pick(i, from, c) = here(i, from) ? column(c) : NaN
run(i, s) = here(i, "range test") && strcol(SEED) eq word(seeds, s) ? column(SMOOTHED) : NaN
array origins[2] = ["steepest", "lowest/10"]
array titles[2] = ["steepest descent", "lowest point / 10"]
array shapes[2] = [8, 6]


left = 1.35; gap = 0.9; right = 0.2
side = (width - left - right - gap * (columns - 1)) / columns
set logscale x
set xtics format "%g"
set multiplot
do for [i = 1:columns] {
  set autoscale xy  # stats heeds ranges
  unset logscale y
  unset arrow
  stats data skip 1 using (pick(i, "grid", RATE)) name "rate" nooutput
  # The mean loss of each rate of the grid.
  seen = ""
  stats data skip 1 using (here(i, "grid") ? note(strcol(RATE)) : 0) nooutput
  set print $grid
  lowest = 1e30
  do for [r = 1:words(seen)] {
    stats data skip 1 using (here(i, "grid") && strcol(RATE) eq word(seen, r) ? (strlen(strcol(LOSS)) ? column(LOSS) : 1e30) : NaN) \
      nooutput
    if (STATS_mean < 1e6) { print sprintf("%s %g", word(seen, r), STATS_mean) }
    if (STATS_mean < lowest) { lowest = STATS_mean; best = real(word(seen, r)) }
  }
  set print
  set lmargin at screen (left + (i - 1) * (side + gap)) / width
  set rmargin at screen (left + (i - 1) * (side + gap) + side) / width
  stats data skip 1 using (pick(i, "range test", RATE)) name "climb" nooutput
  set xrange [rate_min / 20:1.5 * (climb_max > rate_max ? climb_max : rate_max)]
  set xtics 0.0001, 100 format "%g"
  do for [row = 1:2] {
    set tmargin at screen 1 - (row == 1 ? 1.3 : 5.25) / height
    set bmargin at screen (row == 1 ? 4.85 : 1.1) / height
    unset key
    unset title
    unset xlabel
    unset ylabel
    if (row == 1) { set title word(optimizers, i) offset 0, -0.6 }
    if (row == 2) { set xlabel "learning rate" offset 0, 0.4 }
    if (i == 1) { set ylabel (row == 1 ? "loss in the range test (nats)" : "loss after training (nats)") offset 1, 0 }
    if (lowest < 1e6) { set arrow 1 from best, graph 0 to best, graph 1 nohead dashtype (6, 4) linecolor "#404040" linewidth 1 }
    if (row == 1) {
      set yrange [0:4]
      set ytics 1
      plot for [s = 1:words(seeds)] data skip 1 using RATE:(run(i, s)) with lines linecolor rgb "#909090" linewidth 0.8 notitle, \
           for [f = 1:2] data skip 1 using (pick(i, origins[f], RATE)):(0.25 * f) with points \
             linecolor rgb colour(f - 1) pointtype shapes[f] pointsize 0.65 linewidth 1 notitle
    } else {
      set logscale y
      set yrange [0.02:5]
      set ytics (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
      plot $grid using 1:2 with linespoints linecolor rgb "#404040" pointtype 7 pointsize 0.35 linewidth 1.2 notitle, \
           for [f = 1:2] data skip 1 using (pick(i, origins[f], RATE)):LOSS with points \
             linecolor rgb colour(f - 1) pointtype shapes[f] pointsize 0.65 linewidth 1 notitle
    }
  }
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset arrow
unset border
unset tics
unset title
unset xlabel
unset logscale
set key at screen 0.5, 0.99 center top horizontal maxrows 1 samplen 2
plot [0:1] [0:1] NaN with lines linecolor "#909090" title "range test", \
     NaN with lines linecolor "#404040" dashtype (6, 4) title "best of the grid", \
     for [f = 1:2] NaN with points linecolor rgb colour(f - 1) pointtype shapes[f] pointsize 0.8 title titles[f]
unset multiplot
