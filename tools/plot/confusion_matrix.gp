# The confusion matrix of confusion.csv (modules/training/evaluation_tables.h): a row of cells a true class, a column a
# predicted one, in each cell the examples. Colour: the share of the row, on a root scale, on which one in a hundred is
# seen too; rows of classes without examples stay grey. Up to some 40 classes.
set datafile columnheaders
data = ARG3
longer(name) = strlen(name) > longest ? strlen(name) : longest
longest = 1
stats data using (longest = longer(strcol("predicted")), column("count")) nooutput
classes = int(sqrt(STATS_records) + 0.5)
digits = strlen(sprintf("%d", STATS_max))
array names[classes]
stats data using (row = int(column(0)), row < classes ? (names[row + 1] = strcol("predicted"), 0) : 0) nooutput

at_most(a, b) = a < b ? a : b
name_points = at_most(9.0, 250.0 / classes)

# Centimetres; of 9 points, a letter is 0.12 wide.
letters = 0.12 * name_points / 9 * at_most(longest, 24)
width = 15.0
left = 1.1 + letters
right = 2.5
side = at_most(1.3 * classes + 2, classes > 10 ? width - left - right : 9.5)
cell = side / classes
upright = letters < cell - 0.1
above = 0.15
below = 1.2 + (upright ? 0.35 : letters)
height = above + side + below
left = left + (width - left - side - right) / 2
call ARG4 ARG1 ARG2

# Points, of which a centimetre has 28.3: what fits a cell.
sized(points) = ARG1 eq "pdf" ? sprintf("Latin Modern Roman,%.1f", points) : sprintf("sans-serif,%.1f", points * 13 / 9)
small = at_most(9.0, 28.3 * cell * 0.85 / (0.55 * (digits > 2 ? digits : 2)))

# White to dark blue by way of green, in steps that look equally large (of equal length in CIELAB).
set palette defined (0 "#ffffff", 1 "#d9e5ce", 2 "#a4d1b0", 3 "#68bda5", \
                     4 "#2ba3a1", 5 "#00879c", 6 "#006b92", 7 "#004f81", 8 "#103369")
root(share) = sqrt(share)
shown = small >= 3  # points: smaller figures are left out

set lmargin at screen left / width
set rmargin at screen (left + side) / width
set bmargin at screen below / height
set tmargin at screen (below + side) / height
set xrange [-0.5:classes - 0.5]
set yrange [classes - 0.5:-0.5]
set cbrange [0:1]
set object 1 rectangle from graph 0, 0 to graph 1, 1 behind fillcolor rgb "#e6e6e6" fillstyle solid noborder
set style fill solid noborder
set border 15 linecolor "#909090" linewidth 0.6
unset grid
unset key
name_font = sized(name_points)
count_font = sized(small)
scale_font = sized(8)
set tics scale 0 font name_font textcolor "#000000"
if (upright) { set xtics () offset 0, 0.3 } else { set xtics () rotate by 90 right offset 0, 0.3 }
set ytics () offset 0.7, 0
do for [i = 1:classes] {
  set xtics add (names[i] i - 1)
  set ytics add (names[i] i - 1)
}
set label 1 "predicted" at graph 0.5, screen 0.35 / height center
set label 2 "true" at screen (left - letters - 0.6) / width, graph 0.5 center rotate
set colorbox user origin (left + side + 0.3) / width, below / height size 0.3 / width, side / height
set cbtics ("0" 0, "1 %%" root(0.01), "5 %%" root(0.05), "20 %%" root(0.2), "50 %%" root(0.5), "100 %%" 1) \
  offset -0.6, 0 font scale_font
set label 3 "share of the true class" at screen (left + side + 2.0) / width, graph 0.5 center rotate

plot data using (int(column(0)) % classes):(int(column(0)) / classes):(0.48):(0.48):(root(column("share"))) \
       with boxxyerror linecolor palette, \
     data using (int(column(0)) % classes):(int(column(0)) / classes): \
                (shown && column("count") > 0 ? sprintf("%d", column("count")) : ""): \
                (column("share") > 0.25 ? 0xffffff : 0x000000) \
       with labels font count_font textcolor rgb variable
