# Maps of the training loss around the end of training, on a plane of two random directions: one panel a batch size.
# Colour and lines: the logarithm of the loss; the cross is where training ended.
data = ARG3
seen = " batch_size"  # the header is a row, too
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("batch_size"))) nooutput
sizes = seen[12:*]
count = words(sizes)
stats data using (log10(column("loss"))) name "decades" nooutput
resolution = int(sqrt(decades_records / count) + 0.5)

width = 15.0
left = 1.4
right = 2.0
above = 0.75
below = 1.25
gap = 0.5
side = (width - left - right - gap) / (count < 2 ? 2 : count)
height = above + below + side
call ARG4 ARG1 ARG2

$end << EOD
0 0
EOD
set palette defined (0 "#ffffff", 1 "#6a6a6a")
set cbrange [decades_min:decades_max]
set cbtics ("0.02" log10(0.02), "0.05" log10(0.05), "0.1" -1, "0.2" log10(0.2), "0.5" log10(0.5), "1" 0, \
            "2" log10(2), "5" log10(5), "10" 1, "20" log10(20), "50" log10(50))
set cblabel "training loss (nats)" offset 0.5, 0
set border 15
unset key
unset grid
unset colorbox
set xrange [-1:1]
set yrange [-1:1]
set xtics -1, 0.5, 1
set ytics -1, 0.5, 1
set multiplot
do for [p = 1:count] {
  here(x) = strcol("batch_size") eq word(sizes, p) ? x : NaN
  set table $places
  plot data using (here(column("a"))):(column("b")):(log10(column("loss"))) with table
  unset table
  printed = 0
  set print $grid
  do for [i = 1:|$places|] {
    if (word($places[i], 1) ne "nan") {
      print $places[i]
      printed = printed + 1
      if (printed % resolution == 0) { print "" }
    }
  }
  set print
  set contour base
  unset surface
  set cntrparam levels discrete log10(0.1), log10(0.2), log10(0.5), 0, log10(2), log10(5), 1
  set table $lines
  splot $grid using 1:2:3
  unset table
  unset contour
  set surface
  set lmargin at screen (left + (p - 1) * (side + gap)) / width
  set rmargin at screen (left + (p - 1) * (side + gap) + side) / width
  set bmargin at screen below / height
  set tmargin at screen (below + side) / height
  set title "batches of " . word(sizes, p) offset 0, -0.6
  set xlabel "first direction (filter lengths)"
  set ylabel (p == 1 ? "second direction (filter lengths)" : "")
  set format y (p == 1 ? "%g" : "")
  if (p == count) {
    set colorbox user origin (left + count * (side + gap) - 0.25) / width, below / height \
                 size 0.3 / width, side / height
  }
  plot $grid using 1:2:3 with image, \
       $lines using 1:2 with lines linecolor "#202020" linewidth 0.7, \
       $end using 1:2 with points pointtype 2 pointsize 1 linewidth 1.5 linecolor rgb colour(1)
}
unset multiplot
