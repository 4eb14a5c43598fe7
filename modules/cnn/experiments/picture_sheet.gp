# A sheet of pictures, pixel by pixel, with titles above its pictures and labels at the left of its lines.
#
# ARG5: the room for the labels, in centimetres.
data = ARG3
set datafile columnheaders
stats data using "row" name "row" nooutput
stats data using "column" name "column" nooutput
rows = row_max + 1
columns = column_max + 1

# Centimetres.
width = 15.0
left = ARG5 + 0.0
right = 0.05; top = 0.55; bottom = 0.05
scale = (width - left - right) / columns
height = top + bottom + rows * scale
call ARG4 ARG1 ARG2

set lmargin at screen left / width
set rmargin at screen 1 - right / width
set tmargin at screen 1 - top / height
set bmargin at screen bottom / height
set xrange [-0.5:columns - 0.5]
set yrange [rows - 0.5:-0.5]
unset border
unset tics
unset key
unset grid
small = ARG1 eq "pdf" ? "Latin Modern Roman,8" : "sans-serif,11"
plot data using "column":"row":"red":"green":"blue" with rgbimage, \
     data using (column("kind") == 1 ? column("column") : NaN):"row":"text" \
       with labels center offset 0, 0.7 font small, \
     data using (column("kind") == 2 ? column("column") : NaN):"row":"text" \
       with labels right offset -0.6, 0 font small
