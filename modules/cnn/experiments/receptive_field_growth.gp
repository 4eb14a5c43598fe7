# How far a unit sees against the depth of its stack, both logarithmic: the spread of the pixels' influence, measured
# and as theory expects it (lines), beside that of the whole theoretical field.
data = ARG3
set datafile columnheaders
height = 7.2
call ARG4 ARG1 ARG2

# The words that occur in a column, in their order.
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("kind"))) nooutput
kinds = seen
stats data using "depth" name "depth" nooutput

array marks[4] = [7, 4, 8, 11]
array names[4] = ["uniform", "linear", "relu", "residual"]
array titles[4] = ["uniform weights", "random weights", "random weights, ReLU", "the same, with ways round"]
rank(kind) = sum [k = 1:4] (names[k] eq kind ? k : 0)
of(i) = strcol("kind") eq word(kinds, i)
set logscale xy 2
set xrange [0.85 * depth_min:1.2 * depth_max]
set xlabel "depth, convolutions of 3x3" offset 0, 0.3
set ylabel "spread, pixels" offset 1, 0
set key outside right center Left reverse samplen 2.2 spacing 1.4
plot data using "depth":(of(1) ? sqrt((column("field") ** 2 - 1) / 12.0) : NaN) \
       with lines linewidth 1.6 dashtype (8, 4) linecolor rgb "#606060" title "the whole field, evenly", \
     for [i = 1:words(kinds)] data using (of(i) ? column("depth") : NaN):"expected_spread" \
       with lines linecolor rgb colour(rank(word(kinds, i)) - 1) linewidth 1 notitle, \
     for [i = 1:words(kinds)] data using (of(i) ? column("depth") : NaN):"spread_mean" \
       with points linecolor rgb colour(rank(word(kinds, i)) - 1) linewidth 1.4 \
       pointtype marks[rank(word(kinds, i))] pointsize 0.8 title titles[rank(word(kinds, i))], \
     NaN with lines linecolor rgb "#606060" linewidth 1 title "lines: expected by theory"
