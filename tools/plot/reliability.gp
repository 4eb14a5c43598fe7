# The reliability diagram of reliability.csv (modules/training/evaluation_tables.h): on the left how often answers of each
# confidence are right, against the diagonal on which accuracy equals confidence, and the expected calibration error; on
# the right how many answers there are of each confidence.
set datafile columnheaders
data = ARG3
height = 6.6
call ARG4 ARG1 ARG2

# Sums over the bins, empty ones left out.
full(x) = column("examples") > 0 ? x : 0
stats data using "examples" nooutput
examples = STATS_sum
most = STATS_max
per_example = examples > 0 ? 1.0 / examples : 0
stats data using (full(column("examples") * column("accuracy"))) nooutput
accuracy = per_example * STATS_sum
stats data using (full(column("examples") * column("confidence"))) nooutput
confidence = per_example * STATS_sum
stats data using (full(column("examples") * abs(column("accuracy") - column("confidence")))) nooutput
ece = per_example * STATS_sum

# Of the numbers over the bars.
small = ARG1 eq "pdf" ? "Latin Modern Roman,6.5" : "sans-serif,9.5"
set style fill solid border linecolor "#ffffff"
set xrange [0:100]
set xlabel "confidence (%)"
set multiplot layout 1, 2

low(n) = 100 * column("low")
high(n) = 100 * column("high")
set title sprintf("expected calibration error %.1f %%", 100 * ece) offset 0, -0.4
set ylabel "right answers (%)"
set yrange [0:100]
set key top left reverse Left
plot data using (low(0)):(0):(low(0)):(high(0)):(0):(100 * column("accuracy")) \
       with boxxyerror fillcolor rgb colour(0) title "accuracy", \
     data using (low(0)):(0):(low(0)):(high(0)):(100 * column("accuracy")):(100 * column("confidence")) \
       with boxxyerror fillcolor rgb colour(1) fillstyle transparent solid 0.35 title "gap to confidence", \
     x with lines linecolor rgb "#404040" dashtype (6, 4) title "no gap"

set title (examples > 0 ? sprintf("accuracy %.1f %%, mean confidence %.1f %%", 100 * accuracy, 100 * confidence) \
                        : "no answers") offset 0, -0.4
set ylabel sprintf("share of %d answers (%%)", examples)
share(n) = 100 * n * per_example
top = most > 0 ? 1.25 * share(most) : 1
set yrange [0:top]
if (top > 100) { set ytics 0, 20, 100 }
unset key
plot data using (low(0)):(0):(low(0)):(high(0)):(0):(share(column("examples"))) \
       with boxxyerror fillcolor rgb colour(0), \
     data using (0.5 * (low(0) + high(0))):(share(column("examples")) + 0.01 * top): \
                (column("examples") > 0 ? sprintf("%d", column("examples")) : "") \
       with labels left rotate font small
unset multiplot
