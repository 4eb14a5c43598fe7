# The optimizers' paths on the plane of their first two principal components, over the training loss on that plane
# (colour and lines, as a logarithm). The circle is the common start, a filled mark an end.
data = ARG3
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (strcol("row") eq "path" ? note(strcol("optimizer")) : 0) nooutput
names = seen
count = words(names)
is_grid(x) = strcol("row") eq "grid" ? x : NaN  # the header is a row, too
stats data using (strcol("row") eq "share" ? (share_a = column("a"), share_b = column("b"), 0) : 0) nooutput
stats data using (is_grid(log10(column("loss")))) name "decades" nooutput
stats data using (is_grid(column("a"))) name "a" nooutput
stats data using (is_grid(column("b"))) name "b" nooutput

# One unit is as long on both axes.
width = 15.0
left = 1.4
right = 2.3
above = 0.7
below = 1.15
map_width = width - left - right
map_height = map_width * (b_max - b_min) / (a_max - a_min)
if (map_height > 11) {
  map_width = map_width * 11 / map_height
  map_height = 11
}
height = above + below + map_height
call ARG4 ARG1 ARG2

set palette defined (0 "#ffffff", 1 "#6a6a6a")
set cbrange [decades_min:decades_max]
set cbtics ("0.01" -2, "0.02" log10(0.02), "0.05" log10(0.05), "0.1" -1, "0.2" log10(0.2), "0.5" log10(0.5), "1" 0, \
            "2" log10(2), "5" log10(5), "10" 1, "20" log10(20), "50" log10(50))
set cblabel "training loss on the plane (nats)" offset 0.8, 0

set table $places
plot data using (is_grid(column("a"))):"b":(log10(column("loss"))) with table
unset table
side = int(sqrt(a_records) + 0.5)
printed = 0
set print $grid
do for [i = 1:|$places|] {
  if (word($places[i], 1) ne "nan") {
    print $places[i]
    printed = printed + 1
    if (printed % side == 0) { print "" }
  }
}
set print
set contour base
unset surface
set cntrparam levels discrete log10(0.02), log10(0.05), -1, log10(0.2), log10(0.5), 0, log10(2), log10(5), 1
set table $lines
splot $grid using 1:2:3
unset table
unset contour
set surface

set border 15
unset grid
set lmargin at screen left / width
set rmargin at screen (left + map_width) / width
set bmargin at screen below / height
set tmargin at screen (below + map_height) / height
set colorbox user origin (left + map_width + 0.3) / width, below / height size 0.3 / width, map_height / height
set xrange [a_min:a_max]
set yrange [b_min:b_max]
set xlabel sprintf("first principal component (%.0f %% of the variance)", 100 * share_a)
set ylabel sprintf("second principal component (%.0f %%)", 100 * share_b)
set key at screen (left + map_width / 2) / width, 1 - 0.08 / height center top horizontal width 3
pick(name, x) = strcol("row") eq "path" && strcol("optimizer") eq name ? x : NaN
array last[count]
do for [i = 1:count] {
  stats data using (pick(word(names, i), column("step"))) name "step" nooutput
  last[i] = step_max
}
plot $grid using 1:2:3 with image notitle, \
     $lines using 1:2 with lines linecolor "#404040" linewidth 0.6 notitle, \
     for [i = 1:count] data using (pick(word(names, i), column("a"))):"b" \
       with linespoints linecolor rgb colour(i - 1) pointtype i + 3 pointsize 0.45 linewidth 1.3 title word(names, i), \
     for [i = 1:count] data using (column("step") == last[i] ? pick(word(names, i), column("a")) : NaN):"b" \
       with points linecolor rgb colour(i - 1) pointtype 2 * i + 3 pointsize 1.3 notitle, \
     data using (column("step") == 0 ? pick(word(names, 1), column("a")) : NaN):"b" \
       with points linecolor "#000000" pointtype 6 pointsize 1.3 linewidth 2 notitle
