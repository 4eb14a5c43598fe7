# The relative error of each way to compute a convolution, on a logarithmic axis: a mark a layer, and a short line where
# rounding predicts it.
data = ARG3
set datafile columnheaders
height = 6.6
call ARG4 ARG1 ARG2

# The words that occur in a column, in their order.
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("way"))) nooutput
ways = seen
seen = ""
stats data using (note(strcol("layer"))) nooutput
layers = seen
rank(way) = sum [k = 1:words(ways)] (word(ways, k) eq way ? k : 0)

array marks[7] = [7, 8, 5, 9, 4, 6, 10]
spread = 0.5 / words(layers)
place(i) = rank(strcol("way")) + spread * (i - 0.5 - words(layers) / 2.0)
of(i) = strcol("layer") eq word(layers, i)
set logscale y
set format y "1e%T"
set yrange [1e-8:2e-2]
set xrange [0.5:words(ways) + 0.5]
set xtics scale 0 ()
do for [k = 1:words(ways)] { set xtics add (word(ways, k) k) }
set ylabel "relative error" offset 1, 0
set key outside top center horizontal samplen 1.5
plot for [i = 1:words(layers)] data using (of(i) && column("n") > 0 ? place(i) : NaN):"expected_error":(0.4 * spread) \
       with xerrorbars pointtype -1 linewidth 1.6 linecolor rgb "#606060" \
       title i == 1 ? "predicted from rounding" : "", \
     for [i = 1:words(layers)] data using (of(i) && column("n") > 0 ? place(i) : NaN):"error_mean" \
       with points pointtype marks[i] pointsize 0.8 linecolor rgb colour(i - 1) \
       title word(layers, i)[1:strstrt(word(layers, i), "@") - 1] . " channels, " . \
             word(layers, i)[strstrt(word(layers, i), "@") + 1:] . "x" . \
             word(layers, i)[strstrt(word(layers, i), "@") + 1:]
