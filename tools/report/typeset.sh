#!/usr/bin/env bash
# Typesets the woven Markdown: typeset.sh md|html|pdf OUTPUT WOVEN METADATA BIBLIOGRAPHY FILTER THEME LOOK
# FIGURE... THEME colours code; LOOK is the style sheet (HTML) or the preamble (PDF). Fails on every warning: a reader
# would see its cause.
set -euo pipefail

readonly FORMAT=$1 OUTPUT=$PWD/$2 WOVEN=$3 METADATA=$4 BIBLIOGRAPHY=$5 FILTER=$6 THEME=$7 LOOK=$8
shift 8
readonly EXIT_TOOL=7

need() {
  command -v "$1" > /dev/null && return
  echo "error: $1 is not installed: install it with tools/setup.sh" >&2
  exit $EXIT_TOOL
}

need pandoc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/figures"
for figure in "$@"; do cp "$figure" "$work/figures/"; done
cp "$WOVEN" "$work/book.md"
cp "$METADATA" "$work/book.yaml"
cp "$BIBLIOGRAPHY" "$work/book.bib"
cp "$FILTER" "$work/book.lua"
cp "$THEME" "$work/code.theme"
cp "$LOOK" "$work/look.${LOOK##*.}"
cd "$work"
export HOME=$work SOURCE_DATE_EPOCH=0 FORCE_SOURCE_DATE=1 LC_ALL=C.UTF-8

run_pandoc() {
  pandoc book.md --from=markdown-raw_tex-raw_html --metadata-file=book.yaml --bibliography=book.bib --citeproc \
    --lua-filter=book.lua --fail-if-warnings --output="$@"
}

# The first of two options that this Pandoc knows: the new name, then the old one.
either() {
  if pandoc --help | grep -q -e "$1"; then echo "$1"; else echo "$2"; fi
}

# Runs LuaLaTeX until its cross-references are settled, and refuses what would be seen as a flaw on paper.
latex() {
  need lualatex
  export TEXMFVAR=$work/texmf-var max_print_line=1000
  local pass
  for pass in 1 2 3 4; do
    if ! lualatex -interaction=nonstopmode -halt-on-error book.tex > /dev/null; then
      echo "error: LuaLaTeX stopped:" >&2
      grep -A 8 -m 1 '^!' book.log >&2 || tail -n 20 book.log >&2
      exit 1
    fi
    grep -Eq 'Rerun to get|Rerun LaTeX|Label\(s\) may have changed' book.log || break
  done
  if grep -E -A 1 'Overfull \\[hv]box|^Missing character|undefined references|multiply.defined' book.log >&2; then
    echo "error: the lines above would be seen in print; mend the chapter or the preamble" >&2
    exit 1
  fi
}

highlight=$(either --syntax-highlighting --highlight-style)=code.theme
case "$FORMAT" in
  md)
    run_pandoc report.md --to=gfm-raw_html+tex_math_dollars --wrap=none -M link-citations=false
    cp report.md "$OUTPUT"
    ;;
  html)
    run_pandoc report.html --to=html5 --standalone "$(either --embed-resources --self-contained)" --mathml --toc \
      --toc-depth=2 --number-sections --section-divs --css=look.css "$highlight"
    cp report.html "$OUTPUT"
    ;;
  pdf)
    run_pandoc book.tex --to=latex --standalone --toc --toc-depth=2 --number-sections --top-level-division=chapter \
      "$highlight" --include-in-header=look.tex -V documentclass=scrbook \
      -V classoption=oneside,fontsize=11pt,paper=a4,titlepage,bibliography=totoc,numbers=noenddot
    latex
    cp book.pdf "$OUTPUT"
    ;;
esac
