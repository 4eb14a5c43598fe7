# What all figures share. A script is called as `gnuplot -c SCRIPT svg|pdf|gif OUTPUT DATA STYLE ARGS...`; it may set
# `width` and `height` (centimetres), then says `call ARG4 ARG1 ARG2`, which sets its terminal and its output.
if (!exists("width")) width = 15.0
if (!exists("height")) height = 6.2

if (ARG1 eq "pdf") {
  set terminal pdfcairo size width cm, height cm font "Latin Modern Roman,9" linewidth 1.2 noenhanced
}
# 48 pixels a centimetre: as wide as the column of text.
if (ARG1 eq "svg") {
  set terminal svg size 48 * width, 48 * height dynamic font "sans-serif,13" linewidth 1.4 noenhanced \
    background "#ffffff"
}
# A script that animates draws one plot after another; `delay` is in hundredths of a second.
if (!exists("delay")) delay = 20
if (ARG1 eq "gif") {
  set terminal gif animate delay delay loop 0 size 48 * width, 48 * height noenhanced background "#ffffff"
}
set output ARG2

# Okabe and Ito's palette: eight colours that people with any colour vision tell apart. Black is left to axes.
array palette[7] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442"]
colour(i) = palette[i % 7 + 1]

set border 3 linecolor "#404040"
set tics nomirror out scale 0.6
set grid ytics linetype 1 linecolor "#d8d8d8" linewidth 0.5
set key noenhanced samplen 1.6 spacing 1.1
set datafile missing "NaN"
