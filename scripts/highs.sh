#!/bin/sh
# Fetches the HiGHS solver's shared library, with its licence, into .highs, where the binary finds it. It comes from
# the Python package highsbox, which carries HiGHS built for Linux, macOS and Windows; nothing of
# Python is needed to run it.
set -eu

version=1.15.1
target=.highs
python="${PYTHON:-python3}"

if [ "$(cat "$target/version" 2>/dev/null || true)" = "$version" ]; then
	exit 0
fi
if ! "$python" -m pip --version >/dev/null 2>&1; then
	echo "error: Python's pip is missing" >&2
	echo "hint: install it: apt-get install python3-pip, dnf install python3-pip, brew install python;" >&2
	echo "      or install HiGHS $version otherwise and set CADRE_HIGHS to its library" >&2
	exit 1
fi

temp="$(mktemp -d)"
trap 'rm -rf "$temp"' EXIT
"$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
	--dest "$temp" "highsbox==$version"
"$python" -m zipfile -e "$temp"/highsbox-*.whl "$temp/wheel"

rm -rf "$target"
mkdir "$target"
for file in "$temp"/wheel/*/purelib/highsbox/highs_dist/lib/*.so \
	"$temp"/wheel/*/purelib/highsbox/highs_dist/lib/*.dylib \
	"$temp"/wheel/*/purelib/highsbox/highs_dist/bin/*.dll \
	"$temp"/wheel/*/purelib/highsbox/highs_dist/share/doc/HIGHS/LICENSE.txt; do
	if [ -e "$file" ]; then
		cp "$file" "$target/"
	fi
done
echo "$version" >"$target/version"
echo "HiGHS $version is in $target"
