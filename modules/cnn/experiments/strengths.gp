# A panel for each way to regularise, from rows of summary.csv: accuracy on the training set and the test set, in evaluation
# mode, against the strength, 0 for none; means over the seeds with one standard deviation. The strip between the two
# curves is the gap. ARG5: the column that names the way, ARG6: the strength's; ARG7: a column in front of ARG5's, or "".
data = ARG3
width = 15.0
height = 6.2
call ARG4 ARG1 ARG2
set datafile columnheaders
first = exists("ARG7") ? ARG7 : ""
name(d) = first eq "" ? strcol(ARG5) : strcol(first) . "/" . strcol(ARG5)
plain(d) = strcol(ARG5) eq "none"
seen = ""
note(word) = (strstrt(seen . " ", " " . word . " ") > 0) ? 0 : (seen = seen . " " . word, 0)
# Spaces would end a word.
joined(text) = strstrt(text, " ") ? text[1:strstrt(text, " ") - 1] . "_" . text[strstrt(text, " ") + 1:*] : text
spaced(text) = strstrt(text, "_") ? text[1:strstrt(text, "_") - 1] . " " . text[strstrt(text, "_") + 1:*] : text
stats data using (plain(0) ? 0 : note(joined(name(0)))) nooutput
ways = seen
columns = words(ways)
part(w) = first eq "" ? w : w[1:strstrt(w, "/") - 1]
titled(w) = first eq "" ? spaced(w) : part(w) . ", " . w[strstrt(w, "/") + 1:*]
# Without regularisation, or so far as the row belongs to the way.
belongs(w) = joined(name(0)) eq w || (plain(0) && (first eq "" || strcol(first) eq part(w)))
percent = 100
mean(name) = percent * column(name . "_mean")
deviation(name) = percent * column(name . "_std")
stats data using (mean("test_accuracy") - deviation("test_accuracy")) name "low" nooutput

left = 1.4
gap = 0.35
side = (width - left - 0.2 + gap) / columns - gap
set yrange [10 * floor(low_min / 10):102]
set ytics 10
unset key
small = ARG1 eq "pdf" ? "Latin Modern Roman,7" : "sans-serif,10"
set multiplot
do for [p = 1:columns] {
  w = word(ways, p)
  seen = ""
  stats data using (belongs(w) ? note(strcol(ARG6)) : 0) nooutput
  strengths = seen
  place(d) = sum [k = 1:words(strengths)] (word(strengths, k) eq strcol(ARG6) ? k : 0)
  set lmargin at screen (left + (p - 1) * (side + gap)) / width
  set rmargin at screen (left + (p - 1) * (side + gap) + side) / width
  set tmargin at screen 0.8
  set bmargin at screen 0.2
  set xrange [0.6:words(strengths) + 0.4]
  set title titled(w) offset 0, -0.7
  set xlabel (w eq "weight_decay" || first ne "" ? "decay" : "dropout rate") offset 0, 0.2
  set xtics (word(strengths, 1) 1) scale 0.5 font small
  do for [k = 2:words(strengths)] { set xtics add (word(strengths, k) k) }
  unset ylabel
  set format y ""
  if (p == 1) {
    set ylabel "accuracy (%)" offset 0.8, 0
    set format y "%g"
  }
  plot data using (belongs(w) ? place(0) : NaN):(mean("train_accuracy")):(mean("test_accuracy")) with filledcurves \
         fillcolor rgb "#909090" fillstyle transparent solid 0.18 noborder, \
       data using (belongs(w) ? place(0) : NaN):(mean("train_accuracy")):(deviation("train_accuracy")) with yerrorbars \
         linecolor rgb colour(1) pointtype 6 pointsize 0.01 linewidth 0.8, \
       data using (belongs(w) ? place(0) : NaN):(mean("train_accuracy")) with linespoints linecolor rgb colour(1) \
         dashtype (6, 4) pointtype 6 pointsize 0.55 linewidth 1.3, \
       data using (belongs(w) ? place(0) : NaN):(mean("test_accuracy")):(deviation("test_accuracy")) with yerrorbars \
         linecolor rgb colour(0) pointtype 7 pointsize 0.01 linewidth 0.8, \
       data using (belongs(w) ? place(0) : NaN):(mean("test_accuracy")) with linespoints linecolor rgb colour(0) \
         pointtype 7 pointsize 0.55 linewidth 1.5
}
# The key, in a panel of its own that is as wide as all others.
set lmargin at screen 0
set rmargin at screen 1
unset border
unset tics
unset title
unset xlabel
unset ylabel
unset logscale
set key at screen 0.53, 0.99 center top horizontal maxrows 1 samplen 3
plot [0:1] [0:1] NaN with linespoints linecolor rgb colour(0) pointtype 7 pointsize 0.55 linewidth 1.5 title "test set", \
     NaN with linespoints linecolor rgb colour(1) dashtype (6, 4) pointtype 6 pointsize 0.55 linewidth 1.3 \
       title "training set", \
     NaN with boxes fillcolor rgb "#909090" fillstyle solid 0.18 noborder title "gap"
unset multiplot
