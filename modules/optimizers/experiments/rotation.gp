# Steps to arrive against the angle by which the valley is turned: at the rate that was best at 0° on the left, at each
# angle's own best one on the right. A line has a gap where an optimizer does not arrive.
#
# ARG5: of more than eight optimizers, those that are drawn: "sgd adam".
height = 8
call ARG4 ARG1 ARG2
data = ARG3
set datafile missing  # what is NaN makes a gap

array all[100]
walkers = 0
known(name) = sum [i = 1:walkers] (all[i] eq name)
meet(name) = known(name) ? 0 : (walkers = walkers + 1, all[walkers] = name, 0)
stats data skip 1 using (meet(strcol(1))) nooutput
array shown[8]
count = 0
do for [i = 1:walkers] {
  if (count < 8 && (walkers <= 8 || strstrt(" " . ARG5 . " ", " " . all[i] . " "))) {
    count = count + 1
    shown[count] = all[i]
  }
}
at(name, y) = strcol("optimizer") eq name ? column(y) : NaN
tint(i) = i == 6 ? "#505050" : i == 7 ? "#882255" : colour(i)  # in place of a yellow that paper swallows, and an eighth
mark(i) = int(word("4 6 8 12 10 14 2 1", i))
dash(i) = i % 2 ? 1 : 2

stats data skip 1 using 2 name "angle" nooutput
stats data skip 1 using 4 name "left" nooutput
stats data skip 1 using 6 name "right" nooutput
most = left_max > right_max ? left_max : right_max
margin = angle_max > angle_min ? 0.04 * (angle_max - angle_min) : 1
set xrange [angle_min - margin:angle_max + margin]
set logscale y
set yrange [1:2 * most]
if (angle_max - angle_min > 40 && angle_max - angle_min <= 180) { set xtics 15 }
set xlabel "angle (degrees)"
set multiplot layout 1, 2 margins 0.085, 0.985, 0.14, 0.8 spacing 0.06
do for [panel = 1:2] {
  set title panel == 1 ? "at the best rate for 0°" : "at the best rate for each angle" offset 0, -0.5
  if (panel == 1) {
    set ylabel "steps to arrive"
    set key at screen 0.5, 0.995 center top horizontal maxrows 2 samplen 3
  } else {
    unset ylabel
    set format y ""
    unset key
  }
  steps = panel == 1 ? "steps_at_rate_of_0" : "steps_at_own_rate"
  plot for [i = 1:count] data using (at(shown[i], "angle")):steps \
         with linespoints linecolor rgb tint(i - 1) pointtype mark(i) pointsize 0.7 dashtype dash(i) \
         linewidth 1.4 notitle, \
       for [i = 1:count] NaN with linespoints linecolor rgb tint(i - 1) pointtype mark(i) pointsize 0.7 \
         dashtype dash(i) linewidth 1.4 title shown[i]
}
unset multiplot
