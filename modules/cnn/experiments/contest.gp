# Test error of each network of summary.csv (contest.h): the mean of our runs with one standard deviation to either side
# and, where something is published, that beside it. The axis is logarithmic, since each halving is as hard as the last.
data = ARG3
set datafile columnheaders
stats data using (column("test_accuracy_mean")) nooutput
networks = STATS_records
height = 2.6 + 0.75 * networks
call ARG4 ARG1 ARG2

least = 0.01  # per cent: what no mistake at all is drawn as, for the axis has no zero
shown(error) = error > least ? error : least
error(accuracy) = shown(100 * (1 - accuracy))
mean(n) = error(column("test_accuracy_mean"))
low(n) = error(column("test_accuracy_mean") + column("test_accuracy_std"))
high(n) = error(column("test_accuracy_mean") - column("test_accuracy_std"))
place(n, shift) = column(0) + shift

set logscale x 2
set xlabel "test error (%)"
set xtics nomirror ("0.1" 0.1, "0.2" 0.2, "0.5" 0.5, "1" 1, "2" 2, "5" 5, "10" 10, "20" 20, "50" 50, "100" 100)
set yrange [networks - 0.5:-0.5]
unset ytics
set ytics () scale 0
set grid noytics xtics linetype 1 linecolor "#d8d8d8" linewidth 0.5
set key outside top center horizontal samplen 1
set lmargin 13
# Names from the rows themselves: as text they need no escape.
plot data using (mean(0)):(place(0, -0.12)):(low(0)):(high(0)):ytic(strcol("network")) with xerrorbars \
       linecolor rgb colour(0) pointtype 7 pointsize 0.7 linewidth 1.2 title "measured here, mean and deviation", \
     data using (strlen(strcol("published_accuracy")) > 0 ? error(column("published_accuracy")) : NaN): \
                (place(0, 0.18)) with points linecolor rgb colour(1) pointtype 12 pointsize 0.9 linewidth 1.4 \
       title "published"
