#!/usr/bin/env bash
# The whole way from an experiment to a published book, on the fixture in tools/testdata, and the flaws that stop it:
# pipeline_test.sh REPORT.md REPORT.html REPORT.pdf
set -euo pipefail

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

has() { grep -qF -- "$2" "$1" || fail "$(basename "$1") lacks: $2"; }
lacks() { if grep -qE -- "$2" "$1"; then fail "$(basename "$1") holds: $2"; fi; }

readonly MD=$TEST_TMPDIR/report.md HTML=$2 PDF=$3 REPORT=tools/report
sed 's/\xc2\xa0/ /g' "$1" > "$MD"  # unbreakable blanks are as good as others

# Every directive has left what it stands for.
has "$MD" 'for (int epoch = 1; epoch <= options.epochs; ++epoch) {'
has "$MD" '**Figure 1.** Learning curves'
has "$MD" '**Figure 3.** The parabola as a graph.'
has "$MD" 'as Figure 1 and Table 1 show. Elsewhere we found *not run*.'
has "$MD" '*not run: nowhere is not on this machine'
has "$MD" '--epochs=40'
lacks "$MD" '<!--|<div|that nobody has'
grep -qE '\$`?\\eta`?\$' "$MD" || fail "no mathematics in the Markdown"
grep -qE 'a loss of [0-9.]+ ± [0-9.]+, as' "$MD" || fail "no value in the sentence"

# One page that needs no other file, with mathematics and its own look.
has "$HTML" '<math'
has "$HTML" 'prefers-color-scheme: dark'
grep -qE '<svg|data:image/svg' "$HTML" || fail "no figure in the HTML"
[[ $(grep -oE '<figure id=' "$HTML" | wc -l) == 3 ]] || fail "not three figures in the HTML"
[[ $(grep -oE 'data:image/gif' "$HTML" | wc -l) == 1 ]] || fail "not one animation in the HTML"
lacks "$HTML" 'src="(http|figures)|<link[^>]*href="[^d]'

[[ $(head -c 5 "$PDF") == %PDF- ]] || fail "no PDF"

# Published whole, figures beside the Markdown that shows them, and a second time over the first.
export BUILD_WORKSPACE_DIRECTORY=$TEST_TMPDIR/workspace
for _ in 1 2; do $REPORT/publish.sh "$@" tools/testdata/descent_curves.svg > /dev/null; done
published=$(cd "$BUILD_WORKSPACE_DIRECTORY/reports/published" && find . -type f | sort | tr '\n' ' ')
[[ $published == './figures/descent_curves.svg ./report.html ./report.md ./report.pdf ' ]] ||
  fail "published: $published"

# What would be seen as a flaw stops the press, and is named.
refused() {
  printf '%s\n' "$2" > "$TEST_TMPDIR/bad.md"
  if (cd "$TEST_TMPDIR" && "$SCRIPTS/typeset.sh" "$1" out.file bad.md "$TESTDATA/book.yaml" \
    "$BIBLIOGRAPHY" "$SCRIPTS/book.lua" "$SCRIPTS/code.theme" "$SCRIPTS/book.tex") 2> "$TEST_TMPDIR/messages"; then
    fail "typeset: $2"
  fi
  [[ ! -e $TEST_TMPDIR/out.file ]] || fail "half-written output"
  has "$TEST_TMPDIR/messages" "$3"
}
readonly SCRIPTS=$PWD/$REPORT TESTDATA=$PWD/tools/testdata BIBLIOGRAPHY=$PWD/reports/references.bib
refused pdf "\$$(printf 'x + %.0s' {1..90}) y\$ $(printf 'w%.0s' {1..150})" 'Overfull'
refused pdf $'A letter of no font: \xf0\x92\x8d\x85' 'Missing character'
refused md 'See [@nobody2000].' 'nobody2000'
refused md 'See [nothing]{.ref}.' "there is no figure or table 'nothing'"
echo "PASSED"
