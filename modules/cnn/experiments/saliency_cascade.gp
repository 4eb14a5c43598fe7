# From cascade.csv: the rank correlation of each kind of map with the trained network's, as its stages are randomised
# from the last to the first. Means over the seeds, bands of one standard deviation.
data = ARG3
height = 6.6
call ARG4 ARG1 ARG2
set datafile columnheaders
array names[4] = ["gradient", "smooth_grad", "grad_cam", "occlusion"]
array titles[4] = ["gradient", "SmoothGrad", "Grad-CAM", "occlusion"]
array markers[4] = [7, 4, 9, 2]
at(i) = strcol("map") eq names[i] ? column("random_stages") : NaN
mean = "correlation_mean"
deviation = "correlation_std"
stats data using "random_stages" name "stage" nooutput
stats data using (column(mean) - column(deviation)) name "low" nooutput
set xrange [0.8:stage_max + 0.2]
stages = ""
note(row) = (row <= stage_max ? (stages = stages . " " . strcol("stage"), 0) : 0)
stats data using (note($0 + 1)) nooutput
set yrange [(low_min < -0.05 ? low_min - 0.05 : -0.05):1.03]
set xlabel "stages with random weights, from the last to the named one" offset 0, 0.2
set ylabel "rank correlation with the trained map" offset 0.6, 0
unset xtics
set for [k = 1:words(stages)] xtics add (word(stages, k) k) nomirror out scale 0.6
set key outside right center Left reverse samplen 2.6 spacing 1.4
set arrow from graph 0, first 0 to graph 1, first 0 nohead linecolor rgb "#808080" linewidth 0.8
plot for [i = 1:4] data using (at(i)):(column(mean) - column(deviation)):(column(mean) + column(deviation)) \
       with filledcurves fillcolor rgb colour(i - 1) fillstyle transparent solid 0.2 noborder notitle, \
     for [i = 1:4] data using (at(i)):(column(mean)) with linespoints \
       linecolor rgb colour(i - 1) dashtype i pointtype markers[i] pointsize 0.6 linewidth 1.5 title titles[i]
