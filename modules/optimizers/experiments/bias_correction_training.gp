# The loss of a training by Adam against the learning rate, its mean over the first steps (above) and the last ones
# (below): one panel a β2, one line a method, bars one standard deviation either way. Lines leave a panel
# where the loss is above that of guessing, and end where runs diverge.
data = ARG3
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
stats data using (note(strcol("beta2"))) nooutput
beta2s = seen
panels = words(beta2s)

# Centimetres.
width = 15.0
height = 10.0
left = 1.35; right = 0.2; above = 1.35; below = 1.15; gap = 0.3
panel_width = (width - left - right + gap) / panels - gap
panel_height = (height - above - below + gap) / 2 - gap
call ARG4 ARG1 ARG2

array methods[4] = ["corrected", "uncorrected", "uncorrected with warm-up", "corrected with warm-up"]
array measures[2] = ["early_loss", "last_loss"]
array labels[2] = ["first steps: loss (nats)", "last steps: loss (nats)"]
is_here(k, m) = strcol("beta2") eq word(beta2s, k) && strcol("method") eq methods[m] && column("n") > 0
stats data using "learning_rate" nooutput
set xrange [0.7 * STATS_min:1.4 * STATS_max]
rate(m) = column("learning_rate") * 1.05 ** (m - 2.5)  # side by side, lest error bars cover each other
set logscale x
unset key
set multiplot
do for [r = 1:2] {
  do for [k = 1:panels] {
    x = left + (k - 1) * (panel_width + gap)
    y = height - above - r * (panel_height + gap) + gap
    set lmargin at screen x / width
    set rmargin at screen (x + panel_width) / width
    set bmargin at screen y / height
    set tmargin at screen (y + panel_height) / height
    unset title
    unset xlabel
    unset ylabel
    set format y ""
    set format x ""
    set yrange [(r == 1 ? 0.5 : 0):2.6]
    if (k == 1) { set ylabel labels[r] offset 0.8, 0 }
    if (k == 1) { set format y "%g" }
    if (r == 2) { set format x "1e%T" }
    if (r == 2) { set xlabel "learning rate" offset 0, 0.4 }
    if (r == 1) { set title "β2 = " . word(beta2s, k) offset 0, -0.6 }
    plot for [m = 1:4] data using (is_here(k, m) ? rate(m) : NaN):measures[r] . "_mean":measures[r] . "_std" \
           with yerrorbars linecolor rgb colour(m - 1) pointtype 0 linewidth 0.8, \
         for [m = 1:4] data using (is_here(k, m) ? rate(m) : NaN):measures[r] . "_mean" \
           with linespoints linecolor rgb colour(m - 1) linewidth 1.4 dashtype m pointtype 2 * m + 2 pointsize 0.6
  }
}

# The legend, as wide as the page.
unset title
unset xlabel
unset ylabel
unset label
unset border
unset tics
unset grid
set lmargin at screen 0.02
set rmargin at screen 0.98
set tmargin at screen 0.99
set bmargin at screen 0.8
set key at screen 0.5, 0.99 center top horizontal maxrows 1 width 1
unset logscale
set xrange [0:1]
set yrange [0:1]
plot for [m = 1:4] NaN with linespoints linecolor rgb colour(m - 1) linewidth 1.4 dashtype m pointtype 2 * m + 2 \
       pointsize 0.6 title methods[m]
unset multiplot
