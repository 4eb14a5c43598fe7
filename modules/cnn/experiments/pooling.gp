# From summary.csv, a line each way to pool: test accuracy with each head (left), means over the seeds with one standard
# deviation; the network's multiply-adds for one image (right).
data = ARG3
width = 15.0
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("pooling"))) nooutput
ways = seen
count = words(ways)
seen = ""
stats data using (note(strcol("head"))) nooutput
heads = seen
height = 2.3 + 0.6 * count
call ARG4 ARG1 ARG2
array markers[2] = [7, 4]
place(d) = sum [k = 1:count] (word(ways, k) eq strcol("pooling") ? count + 1 - k : 0)
# One a little above the line, one a little below.
nudged(h) = strcol("head") eq word(heads, h) ? place(0) + (words(heads) > 1 ? 0.26 - 0.17 * h : 0) : NaN
titled(w) = w eq "max" ? "maximum 2×2" : w eq "max3" ? "maximum 3×3" : w eq "average" ? "mean 2×2" : \
            w eq "average3" ? "mean 3×3" : w eq "stride" ? "stride 2" : w eq "blur" ? "maximum, blur" : w
head(w) = w eq "flatten" ? "head: all places" : "head: mean of each map"
set yrange [0.5:count + 0.5]
set ytics (titled(word(ways, 1)) count) scale 0
do for [k = 2:count] { set ytics add (titled(word(ways, k)) count + 1 - k) }
unset grid
set grid xtics linetype 1 linecolor "#d8d8d8" linewidth 0.5
unset key
set tmargin at screen 1 - 0.9 / height
set bmargin at screen 1.1 / height
percent = 100
set multiplot
set lmargin at screen 0.17
set rmargin at screen 0.64
set xlabel "test accuracy (%)" offset 0, 0.3
plot for [h = 1:words(heads)] data using (percent * column("test_accuracy_mean")):(nudged(h)): \
       (percent * column("test_accuracy_std")) with xerrorbars linecolor rgb colour(h - 1) pointtype markers[h] \
       pointsize 0.7 linewidth 1.2
set lmargin at screen 0.68
set rmargin at screen 0.975
unset ytics
set xtics 0.1
set xlabel "multiply-adds an image (millions)" offset 0, 0.3
set xrange [0:*]
thick = 0.28
plot data using (0):(place(0)):(0):(1e-6 * column("multiply_adds")):(place(0) - thick):(place(0) + thick) \
       with boxxyerror fillcolor rgb "#b0b0b0" fillstyle solid 1 noborder
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset border
unset tics
unset xlabel
unset grid
set key at screen 0.4, screen 1 - 0.05 / height center top horizontal maxrows 1 samplen 2
plot [0:1] [0:1] for [h = 1:words(heads)] NaN with linespoints linecolor rgb colour(h - 1) pointtype markers[h] \
       pointsize 0.7 linewidth 1.2 title head(word(heads, h))
unset multiplot
