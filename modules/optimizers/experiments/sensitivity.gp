# The final loss against the learning rate, a small panel an optimizer, from rows of sweep.csv: the mean over the seeds
# and, as a band, one standard deviation to either side; crosses at the top are rates at which training diverged. The dashed
# line is the loss that counts as good, a margin above the best; dots are the good rates.
data = ARG3
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("optimizer"))) nooutput
optimizers = seen

count = words(optimizers)
columns = count < 5 ? count : 5
rows = (count + columns - 1) / columns
width = 15.0
height = 1.9 + 3.2 * rows
call ARG4 ARG1 ARG2

is_here(i) = strcol("optimizer") eq word(optimizers, i)
mean(d) = column("train_loss_mean")
good(d) = mean(d) <= column("limit")
stats data using "learning_rate" name "rate" nooutput
top = 3.2
inside(v) = v > top ? top : v < 0.11 ? 0.11 : v
set tics textcolor "#000000"
set logscale xy
set xrange [rate_min / 1.5:rate_max * 1.5]
set yrange [0.1:top * 1.15]
set ytics ("0.1" 0.1, "0.3" 0.3, "1" 1, "3" 3) offset 0.6, 0
set xtics ("" 1e-7, "" 1e-6, "1e-5" 1e-5, "" 1e-4, "" 1e-3, "0.01" 1e-2, "" 0.1, "" 1, "10" 10, "" 100, "" 1e3) \
  offset 0, 0.4
set multiplot
do for [i = 1:count] {
  x = 1.3 + (i - 1) % columns * (13.6 / columns)
  y = height - 1.1 - (i - 1) / columns * 3.2
  set lmargin at screen x / width
  set rmargin at screen (x + 13.6 / columns - 0.65) / width
  set tmargin at screen y / height
  set bmargin at screen (y - 2.0) / height
  set title word(optimizers, i) offset 0, -0.7
  unset xlabel
  unset ylabel
  if (i + columns > count) { set xlabel "learning rate" offset 0, 0.9 }
  if ((i - 1) % columns == 0) { set ylabel "final loss (nats)" offset 1.6, 0 }
  unset key
  if (i == 1) { set key at screen 0.5, screen 1 - 0.3 / height center center vertical maxrows 1 samplen 2 }
  plot data using (is_here(i) ? column("learning_rate") : NaN):(inside(mean(0) - column("train_loss_std"))): \
         (inside(mean(0) + column("train_loss_std"))) with filledcurves fillcolor rgb colour(0) \
         fillstyle transparent solid 0.25 noborder notitle, \
       data using (is_here(i) ? column("learning_rate") : NaN):(column("limit")) with lines \
         linecolor rgb colour(1) dashtype (5, 3) linewidth 1 title "best + margin", \
       data using (is_here(i) ? column("learning_rate") : NaN):(inside(mean(0))) with lines \
         linecolor rgb colour(0) linewidth 1.6 title "final loss", \
       data using (is_here(i) && good(0) ? column("learning_rate") : NaN):(mean(0)) with points \
         linecolor rgb colour(0) pointtype 7 pointsize 0.5 title "good", \
       data using (is_here(i) && strcol("diverged") eq "yes" ? column("learning_rate") : NaN):(top) with points \
         linecolor rgb colour(1) pointtype 2 pointsize 0.6 linewidth 1.2 title "diverged"
}
unset multiplot
