# How many times too long Adam's steps are without bias correction, against the step, both logarithmic: one panel a β1,
# one line a β2. Lines are theory, marks measured.
data = ARG3
set datafile columnheaders
height = 6.8
call ARG4 ARG1 ARG2

seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("beta1"))) nooutput
beta1s = seen
seen = ""
stats data using (note(strcol("beta2"))) nooutput
beta2s = seen
is_here(i, j) = strcol("beta1") eq word(beta1s, i) && strcol("beta2") eq word(beta2s, j)
stats data using "step" name "step" nooutput
stats data using "ratio" name "ratio" nooutput

set logscale xy
set xrange [0.8:1.2 * step_max]
set yrange [0.8 * ratio_min:1.3 * ratio_max]
set format x "1e%T"
set xlabel "step t" offset 0, 0.4
set ytics (0.3, 1, 3, 10, 30, 100)
panels = words(beta1s)
# Three marks a decade.
before(t) = t == 1 ? 0.5 : t < 22 ? t - 1 : t / 1.053
marked(t) = floor(3 * log10(t)) > floor(3 * log10(before(t)))
unset key
set multiplot layout 1, panels margins 0.085, 0.985, 0.16, 0.84 spacing 0.03
do for [i = 1:panels] {
  set title "β1 = " . word(beta1s, i) offset 0, -0.5
  if (i == 1) {
    set ylabel "step without / step with correction" offset 0.8, 0
  } else {
    unset ylabel
    set format y ""
  }
  plot 1 with lines linecolor rgb "#808080" linewidth 0.6, \
       for [j = 1:words(beta2s)] data using (is_here(i, j) ? column("step") : NaN):"theory" \
         with lines linecolor rgb colour(j - 1) linewidth 1.2, \
       for [j = 1:words(beta2s)] data using \
         (is_here(i, j) && marked(column("step")) ? column("step") : NaN):"ratio" \
         with points linecolor rgb colour(j - 1) pointtype 2 * j + 2 pointsize 0.6
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
plot for [j = 1:words(beta2s)] NaN with linespoints linecolor rgb colour(j - 1) linewidth 1.2 pointtype 2 * j + 2 \
       pointsize 0.6 title "β2 = " . word(beta2s, j)
unset multiplot
