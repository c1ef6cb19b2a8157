# What the lint tests in shell share. Sourced by bash; ends in the top folder with a scratch folder in $scratch.
# shellcheck shell=bash
set -uo pipefail
cd "${YW_SOURCE:-$(dirname "${BASH_SOURCE[0]}")/../..}" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
faults=0

fault() { printf '%s\n' "$*"; faults=$((faults + 1)); }

# The rule itself is broken: it let a bad example pass, or refused a good one.
broken() { printf 'the rule does not work: %s\n' "$*"; exit 1; }

finish() {
	echo "$faults faults"
	exit $((faults > 0))
}
