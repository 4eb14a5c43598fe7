# The losses (above) and their derivatives (below): of the residual on the left, of the margin on the right.
height = 11
call ARG4 ARG1 ARG2
data = ARG3

array residual[2] = ["squared error", "Huber"]
array margin[4] = ["hinge", "binary cross-entropy", "cross-entropy (10 classes)", "squared error of a sigmoid"]
pick(name, y) = strcol("loss") eq name ? column(y) : NaN

set xrange [-5:5]
set xzeroaxis linetype 1 linecolor "#808080" linewidth 0.5
set multiplot layout 2, 2 margins 0.08, 0.985, 0.09, 0.97 spacing 0.09, 0.06
unset xlabel
set format x ""
set ylabel "loss"
set yrange [0:6]
set key top center
plot for [i = 1:2] data using "x":(pick(residual[i], "value")) with lines linecolor rgb colour(i - 1) \
       linewidth 1.8 dashtype i title residual[i]
set key top right
unset ylabel
plot for [i = 1:4] data using "x":(pick(margin[i], "value")) with lines linecolor rgb colour(i + 1) \
       linewidth 1.8 dashtype i title margin[i]
unset key
set format x
set ylabel "derivative"
set yrange [-4:4]
set xlabel "residual: prediction minus target"
plot for [i = 1:2] data using "x":(pick(residual[i], "slope")) with lines linecolor rgb colour(i - 1) \
       linewidth 1.8 dashtype i
unset ylabel
set yrange [-1.25:0.25]
set xlabel "margin: how far the score is on the right side"
plot for [i = 1:4] data using "x":(pick(margin[i], "slope")) with lines linecolor rgb colour(i + 1) \
       linewidth 1.8 dashtype i
unset multiplot
