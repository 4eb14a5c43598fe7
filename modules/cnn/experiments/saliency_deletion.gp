# From deletion.csv: the probability of the class as pixels become the mean colour, those first that a map says most
# hangs on; beside it the picture's edges, which know no network, and random order. Means over the seeds.
data = ARG3
height = 6.6
call ARG4 ARG1 ARG2
set datafile columnheaders
array names[6] = ["gradient", "smooth_grad", "grad_cam", "occlusion", "edges", "random"]
array titles[6] = ["gradient", "SmoothGrad", "Grad-CAM", "occlusion", "edges of the picture", "random order"]
array markers[6] = [7, 4, 9, 2, 12, 1]
shade(i) = i == 5 ? "#808080" : i == 6 ? "#000000" : colour(i - 1)
at(i) = strcol("order") eq names[i] ? 100 * column("deleted") : NaN
set xrange [0:100]
set yrange [0:1.02]
set xlabel "pixels deleted, %" offset 0, 0.2
set ylabel "probability of the class" offset 0.6, 0
set key outside right center Left reverse samplen 2.6 spacing 1.4
plot for [i = 1:6] data using (at(i)):"probability_mean" with linespoints linecolor rgb shade(i) dashtype i \
       pointtype markers[i] pointsize 0.6 pointinterval 4 linewidth 1.5 title titles[i]
