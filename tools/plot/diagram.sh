#!/bin/sh
# Draws a graph: diagram.sh GRAPH.dot SVG [PDF]. The graph names no font: it gets the book's, in the SVG as outlines,
# since readers may not have it.
set -eu
command -v dot > /dev/null || { echo "error: dot is not installed: install it with tools/setup.sh" >&2; exit 7; }
draw() { dot -Nfontname=LMRoman10 -Efontname=LMRoman10 -Nfontsize=10 -Efontsize=10 -T"$1" "$2" -o "$3"; }
draw svg:cairo "$1" "$2"
[ $# -lt 3 ] || draw pdf "$1" "$3"
