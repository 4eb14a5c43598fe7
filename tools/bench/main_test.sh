#!/usr/bin/env bash
# The benchmark program as a user meets it: its JSON, and one line and exit code 2 for each mistake.
set -u
bench=$1
failures=0

# expect_usage MESSAGE FLAG...: exit code 2, and the message on standard error as the only line.
expect_usage() {
  local message=$1 output status
  shift
  output=$("$bench" "$@" 2>&1 > /dev/null)
  status=$?
  if [[ $status -ne 2 || $output != "error: $message"* || $output == *$'\n'* ]]; then
    echo "bench $*: exit $status, said: $output; expected exit 2 and: $message"
    failures=$((failures + 1))
  fi
}

expect_usage "unknown benchmark 'lenett'; did you mean 'lenet'?" --only=lenett
expect_usage "unknown format 'xml'" --format=xml
expect_usage "flag --threads wants 0" --threads=-1
expect_usage "flag --threads wants 0" --threads=100000
expect_usage "flag --seconds wants 0" --seconds=-1
expect_usage "flag --seconds wants 0" --seconds=nan
expect_usage "flag --seconds=abc is not valid" --seconds=abc
expect_usage "unknown flag '--thread'; did you mean '--threads'?" --thread=1
expect_usage "unexpected word 'mlp'" mlp

json=$("$bench" --only=mlp --threads=1 --seconds=0 --format=json 2> /dev/null) || failures=$((failures + 1))
for key in '"name": "mlp"' '"unit": "images"' '"per_second": ' '"ms_per_step": ' '"peak_share": '; do
  if [[ $json != *"$key"* ]]; then
    echo "no $key in: $json"
    failures=$((failures + 1))
  fi
done
"$bench" --help > /dev/null || failures=$((failures + 1))
exit $((failures > 0))
