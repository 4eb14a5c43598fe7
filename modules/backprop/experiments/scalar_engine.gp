# The scalar engine's moons: loss, on a logarithmic scale, and accuracy against the step. The line is the mean over the
# seeds, the band one standard deviation to either side; dashed, the part of the loss that is the penalty; a ring, what
# was published for the last step.
call ARG4 ARG1 ARG2
data = ARG3

stats data skip 1 using 1 nooutput
set xrange [0:STATS_max + 1]
set xlabel "step"
set multiplot layout 1, 2

mean(name, scale) = scale * column(name . "_mean")
low(name, scale) = scale * (column(name . "_mean") - column(name . "_std"))
high(name, scale) = scale * (column(name . "_mean") + column(name . "_std"))

# A band that reaches below 0 has no logarithm there; it is drawn down to the axis.
floor = 0.005
set logscale y
set format y "%g"
set autoscale yfixmax
set ylabel "hinge loss + penalty"
set yrange [floor:*]
set key top right
band(name) = low(name, 1) > floor ? low(name, 1) : floor
plot data using 1:(band("loss")):(high("loss", 1)) \
       with filledcurves fillcolor rgb colour(0) fillstyle transparent solid 0.22 noborder notitle, \
     data using 1:(mean("loss", 1)) with lines linecolor rgb colour(0) linewidth 1.6 title "loss", \
     data using 1:(mean("penalty", 1)) \
       with lines linecolor rgb colour(1) dashtype (6, 4) linewidth 1.2 title "penalty", \
     data using 1:(mean("published_loss", 1)) \
       with points pointtype 6 pointsize 0.8 linecolor rgb "#000000" linewidth 1.4 title "micrograd"

unset logscale y
set ylabel "accuracy (%)"
set yrange [*:100]
unset key
plot data using 1:(low("accuracy", 100)):(high("accuracy", 100)) \
       with filledcurves fillcolor rgb colour(0) fillstyle transparent solid 0.22 noborder notitle, \
     data using 1:(mean("accuracy", 100)) with lines linecolor rgb colour(0) linewidth 1.6 notitle, \
     data using 1:(mean("published_accuracy", 100)) \
       with points pointtype 6 pointsize 0.8 linecolor rgb "#000000" linewidth 1.4 notitle
unset multiplot
