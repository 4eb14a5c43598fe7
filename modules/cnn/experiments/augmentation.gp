# From rows of summary.csv, a panel a data set: test accuracy of each augmentation, a colour and mark a size of the
# training set; means over the seeds with one standard deviation. Dashed lines: no augmentation.
data = ARG3
width = 15.0
set datafile columnheaders
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
safe(text) = strstrt(text, " ") ? safe(text[1:strstrt(text, " ") - 1] . "_" . text[strstrt(text, " ") + 1:*]) : text
spaced(text) = strstrt(text, "_") ? spaced(text[1:strstrt(text, "_") - 1] . " " . text[strstrt(text, "_") + 1:*]) : text
stats data using (note(safe(strcol("dataset")))) nooutput
sets = seen
columns = words(sets)
seen = ""
stats data using (note(strcol("augmentation"))) nooutput
ways = seen
count = words(ways)
height = 2.4 + 0.62 * count
call ARG4 ARG1 ARG2
percent = 100
mean(d) = percent * column("test_accuracy_mean")
deviation(d) = percent * column("test_accuracy_std")
place(d) = sum [k = 1:count] (word(ways, k) eq strcol("augmentation") ? count + 1 - k : 0)
# In two lines where it is long, cut behind a "+".
cut(w) = 8 + strstrt(w[9:*], "+")
shown(w) = strlen(w) > 14 && cut(w) > 8 ? w[1:cut(w)] . "\n" . w[cut(w) + 1:*] : w
array markers[4] = [7, 4, 9, 12]

left = 2.3
gap = 0.4
side = (width - left - 0.3 + gap) / columns - gap
unset grid
set grid xtics linetype 1 linecolor "#d8d8d8" linewidth 0.5
unset key
most = 0  # sizes of training sets
set multiplot
do for [p = 1:columns] {
  here = word(sets, p)
  set autoscale xy  # stats heeds ranges
  is_here(d) = safe(strcol("dataset")) eq here
  seen = ""
  stats data using (is_here(0) ? note(strcol("train_size")) : 0) nooutput
  sizes = seen
  if (words(sizes) > most) { most = words(sizes) }
  of_size(s) = is_here(0) && strcol("train_size") eq word(sizes, s)
  set lmargin at screen (left + (p - 1) * (side + gap)) / width
  set rmargin at screen (left + (p - 1) * (side + gap) + side) / width
  set tmargin at screen 1 - 1.35 / height
  set bmargin at screen 1.05 / height
  set title spaced(here) offset 0, -0.7
  set xlabel "test accuracy (%)" offset 0, 0.3
  unset ytics
  if (p == 1) {
    set ytics (shown(word(ways, 1)) count) scale 0
    do for [k = 2:count] { set ytics add (shown(word(ways, k)) count + 1 - k) }
  }
  unset arrow
  do for [s = 1:words(sizes)] {
    plain = NaN
    stats data using (of_size(s) && strcol("augmentation") eq "none" ? (plain = mean(0)) : 0) nooutput
    if (plain == plain) {
      set arrow from plain, graph 0 to plain, graph 1 nohead dashtype (4, 4) linecolor rgb colour(s - 1) linewidth 0.8
    }
  }
  set yrange [0.4:count + 0.6]
  plot for [s = 1:words(sizes)] data using (of_size(s) ? mean(0) : NaN):(place(0)):(deviation(0)) with xerrorbars \
         linecolor rgb colour(s - 1) pointtype markers[s] pointsize 0.7 linewidth 1.2
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset border
unset tics
unset title
unset xlabel
unset ylabel
unset arrow
unset grid
set key at screen 0.53, screen 1 - 0.05 / height center top horizontal maxrows 1 samplen 2
size(s) = s == 1 ? "smaller training set" : s == most ? "larger training set" : "between"
plot [0:1] [0:1] for [s = 1:most] NaN with linespoints linecolor rgb colour(s - 1) pointtype markers[s] pointsize 0.7 \
       linewidth 1.2 title (most == 1 ? "test accuracy" : size(s))
unset multiplot
