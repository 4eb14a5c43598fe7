# The norms of the bias gradients from summary.csv, layer by layer: one panel a network. The bar is one standard
# deviation over the random starts to either side of their mean; the open square is the start that Nielsen printed.
data = ARG3
set datafile columnheaders
height = 6.0
call ARG4 ARG1 ARG2

seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("network"))) nooutput
panels = words(seen)
stats data using "layer" nooutput
layers = int(STATS_max)
published = 0
stats data using (column("published") > 0 ? (published = 1) : 0) nooutput

is_here(i) = strcol("network") eq word(seen, i)
set tics textcolor "#000000"
set logscale y
set format y "%g"
set yrange [1e-3:1]
set xrange [0.5:layers + 0.5]
set xtics 1
set xlabel "hidden layer"
set key bottom right
set multiplot layout 1, panels
do for [i = 1:panels] {
  set title word(seen, i) offset 0, -0.5
  unset ylabel
  unset key
  if (i == 1) {
    set ylabel "norm of dC/db"
    set key bottom right
  }
  plot data using (is_here(i) ? column("layer") - 0.08 : NaN):"norm_mean":"norm_std" \
         with yerrorbars linecolor rgb colour(0) linewidth 1.4 pointtype 7 pointsize 0.5 title "measured", \
       data using (is_here(i) ? column("layer") + 0.12 : NaN):(published ? column("published") : 1e-9) \
         with points linecolor rgb colour(1) linewidth 1.4 pointtype 4 pointsize 0.8 \
         title (published ? "published" : "")
}
unset multiplot
