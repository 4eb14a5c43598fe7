# Activations and their derivatives, a small panel each, from rows of activation, x, value and slope.
height = 7.6
call ARG4 ARG1 ARG2
data = ARG3

names = "activation"  # the header is a row, too
collect(name) = (strstrt(" " . names . " ", " " . name . " ") ? 0 : (names = names . " " . name, 0))
stats data using (collect(strcol("activation"))) nooutput
names = names[12:*]
count = words(names)
columns = count < 4 ? count : 4
rows = (count + columns - 1) / columns

set xrange [-5:5]
set yrange [-1.6:3]
set xtics -4, 2, 4
set ytics -1, 1, 3
set xzeroaxis linetype 1 linecolor "#808080" linewidth 0.5
unset key
set multiplot layout rows, columns margins 0.07, 0.99, 0.12, 0.84 spacing 0.035, 0.14
do for [i = 1:count] {
  name = word(names, i)
  set title name offset 0, -0.6
  if (i > count - columns) { set xlabel "x" offset 0, 0.6 } else { unset xlabel }
  if (i == 1) {
    set key at screen 0.5, 0.985 center top horizontal
  } else {
    unset key
  }
  plot data using "x":(strcol("activation") eq name ? column("value") : NaN) with lines \
         linecolor rgb colour(0) linewidth 1.8 title "value", \
       data using "x":(strcol("activation") eq name ? column("slope") : NaN) with lines \
         linecolor rgb colour(1) linewidth 1.6 dashtype (6, 3) title "derivative"
}
unset multiplot
