# How many decades of rates are good: within the margin of the optimizer's own best (filled) and of the best of all
# optimizers (open), from the rows of summary.csv. Bars: one standard deviation over the seeds to either side.
data = ARG3
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("optimizer"))) nooutput
optimizers = seen

count = words(optimizers)
width = 15.0
height = 1.9 + 0.42 * count
call ARG4 ARG1 ARG2

rank(name) = sum [k = 1:count] (word(optimizers, k) eq name ? k : 0)
set tics textcolor "#000000"
set yrange [count + 0.6:0.4]
set xrange [-0.03:*]
set ytics (word(optimizers, 1) 1) scale 0
do for [k = 2:count] { set ytics add (word(optimizers, k) k) }
set grid xtics ytics linetype 1 linecolor "#e4e4e4" linewidth 0.5
set xlabel "width of the range of good rates (decades)" offset 0, 0.3
set key at screen 0.57, screen 1 - 0.35 / height center center horizontal maxrows 1
set lmargin at screen 0.18
set rmargin at screen 0.97
set tmargin at screen 1 - 0.75 / height
set bmargin at screen 1.15 / height
plot data using "decades_mean":(rank(strcol("optimizer")) - 0.14):"decades_std" with xerrorbars \
       linecolor rgb colour(0) linewidth 1.2 pointtype 7 pointsize 0.7 title "near its own best", \
     data using "common_decades_mean":(rank(strcol("optimizer")) + 0.14):"common_decades_std" with xerrorbars \
       linecolor rgb colour(1) linewidth 1.2 pointtype 4 pointsize 0.7 title "near the best of all"
