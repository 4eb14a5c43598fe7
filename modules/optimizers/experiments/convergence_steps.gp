# Steps to the tolerance against the condition number, both logarithmic. Left: theory's constants. Middle and right:
# each optimizer at its own best rate, where the axes are the eigenvectors and where they are not. Thin lines: the laws κ and √κ.
data = ARG3
set datafile columnheaders
height = 7.0
call ARG4 ARG1 ARG2

array problems[3] = ["theory's constants", "aligned", "rotated"]
array titles[3] = ["theory's constants", "tuned, along the axes", "tuned, rotated"]
seen = ""
tuned(word) = (strcol("problem") eq problems[1] || strstrt(seen . " ", " " . word . " ") > 0) ? 0 : \
              (seen = seen . " " . word, 0)
stats data using (tuned(strcol("method"))) nooutput
bare(name) = strstrt(name, ":") > 0 ? name[1:strstrt(name, ":") - 1] : name
is_here(p, i) = strcol("problem") eq problems[p] && strcol("method") eq word(seen, i)
# Those that theory knows look the same in all panels; the others have the looks that are left.
of_theory = "sgd momentum nesterov"
rank(name, list) = sum [k = 1:words(list)] (bare(word(list, k)) eq name ? k : 0)
look(i) = rank(bare(word(seen, i)), of_theory) > 0 ? rank(bare(word(seen, i)), of_theory) : \
          3 + (sum [k = 1:i] (rank(bare(word(seen, k)), of_theory) == 0 ? 1 : 0))
array marks[7] = [4, 6, 8, 10, 12, 2, 1]
mark(i) = marks[(look(i) - 1) % 7 + 1]
stats data using "kappa" name "kappa" nooutput
stats data using "steps_mean" name "steps" nooutput

set logscale xy
set format "1e%T"
set xrange [0.8 * kappa_min:1.25 * kappa_max]
set yrange [0.6 * steps_min:2 * steps_max]
set xlabel "condition number κ" offset 0, 0.4
unset key
set multiplot layout 1, 3 margins 0.085, 0.985, 0.15, 0.86 spacing 0.025
do for [p = 1:3] {
  set title titles[p] offset 0, -0.5
  if (p == 1) {
    set ylabel "steps" offset 0.5, 0
  } else {
    unset ylabel
    set format y ""
  }
  unset label
  if (p == 1) {
    set label 1 "∝ κ" at kappa_max, 0.5 * kappa_max right
    set label 2 "∝ √κ" at kappa_max, 1.6 * sqrt(kappa_max) right
  }
  plot for [power = 1:2] p == 1 ? (power == 1 ? 3 * x : 6 * sqrt(x)) : NaN \
         with lines linecolor rgb "#808080" linewidth 0.6 dashtype (4, 3), \
       for [i = 1:3] data using (p == 1 && strcol("problem") eq problems[1] && \
                                 strcol("method") eq word(of_theory, i) ? column("kappa") : NaN):"steps_mean" \
         with linespoints linecolor rgb colour(i - 1) linewidth 1.4 pointtype marks[i] pointsize 0.6, \
       for [i = 1:words(seen)] data using (p > 1 && is_here(p, i) ? column("kappa") : NaN):"steps_mean" \
         with linespoints linecolor rgb colour(look(i) - 1) linewidth 1.4 pointtype mark(i) pointsize 0.6
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
set key at screen 0.5, 0.99 center top horizontal maxrows 1 width 2
unset logscale
set xrange [0:1]
set yrange [0:1]
plot for [i = 1:words(seen)] NaN with linespoints linecolor rgb colour(look(i) - 1) linewidth 1.4 \
       pointtype mark(i) pointsize 0.6 title bare(word(seen, i))
unset multiplot
