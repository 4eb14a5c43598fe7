# Steps until the network is right about most digits, against the bias that its outputs start with: one panel a loss,
# one line a learning rate, which ends where not all runs got there. Bars: one standard deviation to either side.
height = 6.8
call ARG4 ARG1 ARG2
data = ARG3

array losses[2] = ["squared error", "cross-entropy"]
rates = "learning_rate"  # the header is a row, too
collect(rate) = (strstrt(" " . rates . " ", " " . rate . " ") ? 0 : (rates = rates . " " . rate, 0))
stats data using (collect(strcol("learning_rate"))) nooutput
rates = rates[15:*]
stats data using "output_bias" name "bias" nooutput
fits(loss, rate) = strcol("loss") eq loss && strcol("learning_rate") eq rate && column("reached") == column("n")
pick(loss, rate, y) = fits(loss, rate) ? column(y) : NaN
place(i) = column("output_bias") + 0.12 * (i - words(rates) / 2.0)  # side by side, lest error bars cover each other

set xrange [bias_min - 0.8:bias_max + 0.8]
set logscale y
stats data using "steps_mean" name "steps" nooutput
set yrange [0.6 * steps_min:1.3 * steps_max]
set ytics (20, 50, 100, 200, 500, 1000, 2000, 5000)
set xlabel "initial bias of the outputs"
set multiplot layout 1, 2 margins 0.09, 0.985, 0.17, 0.8 spacing 0.06
do for [l = 1:2] {
  set title losses[l] offset 0, -0.5
  if (l == 1) {
    set ylabel "steps to the level"
    set key at screen 0.5, 0.99 center top horizontal
  } else {
    unset ylabel
    unset key
  }
  plot for [i = 1:words(rates)] data using (place(i)):(pick(losses[l], word(rates, i), "steps_mean")):"steps_std" \
         with yerrorbars linecolor rgb colour(i - 1) pointtype 0 linewidth 1 notitle, \
       for [i = 1:words(rates)] data using (place(i)):(pick(losses[l], word(rates, i), "steps_mean")) \
         with linespoints linecolor rgb colour(i - 1) pointtype i + 3 pointsize 0.8 linewidth 1.4 notitle, \
       for [i = 1:words(rates)] NaN with linespoints linecolor rgb colour(i - 1) pointtype i + 3 pointsize 0.8 \
         linewidth 1.4 title "rate " . word(rates, i)
}
unset multiplot
