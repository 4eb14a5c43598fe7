# Heat maps of grid.csv: a column an optimizer, a row a form of decay, in each the test error against learning rate and
# strength of decay. The numbers are the error in percent, mean over the seeds, "–" where training diverged; the frame is the
# cell that the validation set chose.
data = ARG3
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("optimizer"))) nooutput
optimizers = seen
columns = words(optimizers)
array forms[2] = ["l2", "decoupled"]
array titles[2] = ["L2: λ", "decoupled: share a step"]

# Centimetres.
left = 1.95
below = 2.4
above = 0.6
gap_x = 0.25
gap_y = 0.75
width = 15.0
panel_width = (width - left - 0.2) / columns - gap_x
if (panel_width > 7) { panel_width = 7 }
panel_height = 3.4
height = above + below + 2 * panel_height + gap_y
call ARG4 ARG1 ARG2

percent = 100
error(d) = percent * column("test_error_mean")
stats data using (error(0)) name "error" nooutput
least = floor(error_min)
most = error_max < 2.5 * least ? ceil(error_max) : 2.5 * least
# A perceptually uniform palette (matplotlib's viridis, reversed: what is good is light).
set palette defined (0 "#fde725", 1 "#b5de2b", 2 "#6ece58", 3 "#35b779", 4 "#1f9e89", 5 "#26828e", 6 "#31688e", \
                     7 "#3e4989", 8 "#482878", 9 "#440154")
set cbrange [least:most]
unset colorbox
unset grid
unset key
set border 15 linecolor "#909090" linewidth 0.6
set tics textcolor "#000000" scale 0
set style fill solid noborder
small = ARG1 eq "pdf" ? "Latin Modern Roman,6" : "sans-serif,8.5"
shown(e) = e == e ? sprintf(e < 49.95 ? "%.1f" : "%.0f", e) : "–"
ink(e) = e > least + 0.45 * (most - least) ? 0xffffff : 0x000000
power(v) = v == 0 ? "0" : sprintf("%.1g", v)

set multiplot
do for [f = 1:2] {
  do for [o = 1:columns] {
    here = word(optimizers, o)
    is_here(d) = strcol("optimizer") eq here && strcol("form") eq forms[f]
    seen = ""
    stats data using (is_here(0) ? note(strcol("learning_rate")) : 0) nooutput
    rates = seen
    seen = ""
    stats data using (is_here(0) ? note(strcol("decay")) : 0) nooutput
    decays = seen
    rate_of(d) = sum [k = 1:words(rates)] (word(rates, k) eq strcol("learning_rate") ? k : 0)
    decay_of(d) = sum [k = 1:words(decays)] (word(decays, k) eq strcol("decay") ? k : 0)
    x = left + (o - 1) * (panel_width + gap_x)
    y = height - above - (f - 1) * (panel_height + gap_y)
    set lmargin at screen x / width
    set rmargin at screen (x + panel_width) / width
    set tmargin at screen y / height
    set bmargin at screen (y - panel_height) / height
    set xrange [0.5:words(rates) + 0.5]
    set yrange [0.5:words(decays) + 0.5]
    unset title
    if (f == 1) { set title here offset 0, -0.7 }
    set xtics (power(word(rates, 1) + 0.0) 1) offset 0, 0.5 font small
    do for [k = 2:words(rates)] { set xtics add (power(word(rates, k) + 0.0) k) }
    unset ylabel
    unset ytics
    if (o == 1) {
      set ytics (power(word(decays, 1) + 0.0) 1) offset 0.7, 0 font small textcolor "#000000"
      do for [k = 2:words(decays)] { set ytics add (power(word(decays, k) + 0.0) k) }
      set label 1 titles[f] at screen 0.35 / width, (y - panel_height / 2) / height center rotate
    }
    unset xlabel
    if (f == 2) { set xlabel "learning rate" offset 0, 1 }
    if (f == 2 && o == columns) {
      set colorbox horizontal user origin left / width, 0.95 / height \
                   size (columns * (panel_width + gap_x) - gap_x) / width, 0.2 / height
      set cbtics offset 0, 0.5 scale 0.4
      set cblabel "test error (%)" offset 0, 0.3
    }
    plot data using (is_here(0) ? rate_of(0) : NaN):(decay_of(0)):(0.48):(0.46):(error(0)) with boxxyerror linecolor palette, \
         data using (is_here(0) ? rate_of(0) : NaN):(decay_of(0)):(shown(error(0))):(ink(error(0))) with labels font small \
           textcolor rgb variable, \
         data using (is_here(0) && strcol("best") eq "yes" ? rate_of(0) : NaN):(decay_of(0)):(0.5):(0.5) \
           with boxxyerror linecolor rgb "#d00000" linewidth 2.2 fillstyle empty border rgb "#d00000"
    unset label
  }
}
unset multiplot
