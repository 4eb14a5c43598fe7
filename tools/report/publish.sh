#!/usr/bin/env bash
# Copies the report, built by Bazel, to reports/published/ in the workspace: publish.sh REPORT.md REPORT.html REPORT.pdf
# FIGURE... Each file appears whole or not at all.
set -euo pipefail

readonly TARGET=${BUILD_WORKSPACE_DIRECTORY:?run it as: bazel run //tools:report}/reports/published
readonly EXIT_DISK=6

put() {
  local temporary
  temporary=$(mktemp "$2/.new.XXXXXX") && cat "$1" > "$temporary" && chmod 644 "$temporary" &&
    mv -f "$temporary" "$2/$(basename "$1")" && return
  rm -f "${temporary:-}"
  echo "error: cannot write $2/$(basename "$1"): is the disk full, or the folder not yours?" >&2
  exit $EXIT_DISK
}

mkdir -p "$TARGET/figures" || exit $EXIT_DISK
for file in "$@"; do
  case "$file" in
    *.svg | *.gif) if [[ -s $file ]]; then put "$file" "$TARGET/figures"; fi ;;
    *) put "$file" "$TARGET" ;;
  esac
done
echo "The report is in reports/published:"
for name in report.md report.html report.pdf; do echo "  $TARGET/$name"; done
