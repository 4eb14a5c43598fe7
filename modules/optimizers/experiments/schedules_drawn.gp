# The schedules themselves, a small panel each, from rows of schedule, curve, progress and rate (over the peak). One that
# looks at the loss is drawn as its runs went, a curve an optimizer.
data = ARG3
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("schedule"))) nooutput
schedules = seen
seen = ""
stats data using (note(strcol("curve"))) nooutput
curves = seen

count = words(schedules)
columns = count < 4 ? count : 4
rows = (count + columns - 1) / columns
width = 15.0
height = 1.3 + 3.0 * rows
call ARG4 ARG1 ARG2

is_here(i, c) = strcol("schedule") eq word(schedules, i) && strcol("curve") eq word(curves, c)
set tics textcolor "#000000"
set xrange [0:1]
set yrange [0:1.08]
set xtics ("0" 0, "½" 0.5, "1" 1) offset 0, 0.4
set ytics ("0" 0, "½" 0.5, "1" 1) offset 0.6, 0
small = ARG1 eq "pdf" ? "Latin Modern Roman,7.5" : "sans-serif,10"
set key bottom left reverse Left samplen 1.2 spacing 0.9 font small
set multiplot
do for [i = 1:count] {
  x = 1.6 + (i - 1) % columns * (13.3 / columns)
  y = height - 0.6 - (i - 1) / columns * 3.0
  set lmargin at screen x / width
  set rmargin at screen (x + 13.3 / columns - 0.5) / width
  set tmargin at screen y / height
  set bmargin at screen (y - 1.7) / height
  set title word(schedules, i) offset 0, -0.7
  unset xlabel
  unset ylabel
  if (i + columns > count) { set xlabel "part of the steps" offset 0, 0.9 }
  if ((i - 1) % columns == 0) { set ylabel "rate / peak" offset 1.4, 0 }
  array drawn[words(curves)]
  do for [c = 1:words(curves)] {
    n = 0
    stats data using (n = is_here(i, c) ? n + 1 : n) nooutput
    drawn[c] = n
  }
  plot for [c = 1:words(curves)] data using (is_here(i, c) ? column("progress") : NaN):"rate" with lines \
         linecolor rgb colour(c - 1) linewidth 1.8 dashtype c \
         title (drawn[c] > 0 && word(curves, c) ne "rule" ? word(curves, c) : "")
}
unset multiplot
