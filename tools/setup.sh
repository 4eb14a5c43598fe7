#!/usr/bin/env bash
# Installs what the project needs from Debian's packages: the compiler, Bazel, the libraries, and what draws and
# typesets the book. Says what it will do first; does nothing where nothing is missing.
set -euo pipefail

readonly PACKAGES=(
  # Building
  bazel-bootstrap g++
  libdnnl-dev libopenblas-openmp-dev libabsl-dev libgtest-dev libgmock-dev nlohmann-json3-dev zlib1g-dev
  libpng-dev libjpeg62-turbo-dev libarchive-dev
  # Downloads
  curl
  # Plots and diagrams
  gnuplot-nox graphviz fonts-dejavu-core
  # The book
  pandoc texlive-luatex texlive-latex-recommended lmodern
)
readonly EXIT_USAGE=2 EXIT_TOOL=7

usage() {
  cat <<'HELP'
usage: tools/setup.sh [--dry-run] [--help]

Installs the Debian packages that the project needs and that are missing, as root or through sudo.

  --dry-run  say what would be installed, and stop
  --help     print this text

exit codes: 0 all is there; 2 wrong usage; 7 something is missing and cannot be installed from here
HELP
}

dry_run=false
for argument in "$@"; do
  case "$argument" in
    --dry-run) dry_run=true ;;
    --help | -h) usage; exit 0 ;;
    *) echo "error: unknown flag '$argument'; valid: --dry-run, --help" >&2; exit $EXIT_USAGE ;;
  esac
done

if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
  echo "error: this system has no apt-get; install these (Debian's names) with its own package manager:" >&2
  printf '  %s\n' "${PACKAGES[@]}" >&2
  exit $EXIT_TOOL
fi

is_installed() {
  [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2> /dev/null)" == installed ]] && return
  # Any Bazel will do.
  [[ "$1" == bazel-bootstrap ]] && command -v bazel > /dev/null
}

missing=()
for package in "${PACKAGES[@]}"; do
  is_installed "$package" || missing+=("$package")
done
if [[ ${#missing[@]} -eq 0 ]]; then
  echo "All ${#PACKAGES[@]} packages are installed; nothing to do."
  exit 0
fi

echo "To be installed through apt-get: ${missing[*]}"
if $dry_run; then exit 0; fi

as_root=()
if [[ $EUID -ne 0 ]]; then
  if ! command -v sudo > /dev/null; then
    echo "error: this needs root, and there is no sudo; as root, type:" >&2
    echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
    exit $EXIT_TOOL
  fi
  as_root=(sudo)
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@" < /dev/null; }

if ! apt update || ! apt install --yes --no-install-recommends "${missing[@]}"; then
  echo "error: apt-get could not install everything; see its messages above, then run tools/setup.sh again" >&2
  exit $EXIT_TOOL
fi
echo "Installed: ${missing[*]}"
