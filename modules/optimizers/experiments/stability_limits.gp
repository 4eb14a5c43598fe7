# The highest stable rate, in units of 1 / L, against the momentum: lines are theory, marks measured, for all L.
data = ARG3
set datafile columnheaders
height = 6.4
call ARG4 ARG1 ARG2

array methods[3] = ["sgd", "momentum", "nesterov"]
array names[3] = ["gradient descent", "heavy ball", "Nesterov"]
stats data using (column("limit_times_curvature")) nooutput
set xrange [-0.03:1.03]
set yrange [0:1.15 * (STATS_max > 2 ? STATS_max : 2)]
set xlabel "momentum μ"
set ylabel "limit of the rate, times L"
set key top left
set samples 200
heavy_ball(m) = m < 0 || m > 1 ? NaN : 2 * (1 + m)
nesterov(m) = heavy_ball(m) / (1 + 2 * m)
plot heavy_ball(x) with lines linecolor rgb colour(1) linewidth 1.2 title "2 (1 + μ)", \
     nesterov(x) with lines linecolor rgb colour(2) linewidth 1.2 dashtype (6, 4) title "2 (1 + μ) / (1 + 2μ)", \
     for [m = 1:3] data using (strcol("method") eq methods[m] ? column("momentum") : NaN):"limit_times_curvature" \
       with points linecolor rgb colour(m - 1) pointtype 2 * m + 2 pointsize 0.9 title names[m]
