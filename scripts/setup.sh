#!/bin/sh
# Installs what a build needs beside Go: the GLPK library with its header. On Debian and its kin through apt;
# elsewhere it says what to install.
set -eu

has_glpk() {
	printf '#include <glpk.h>\nint main(void) { return glp_version() == 0; }\n' |
		"${CC:-cc}" -x c - -lglpk -o /dev/null 2>/dev/null
}

if ! command -v "${GO:-go}" >/dev/null 2>&1; then
	echo "error: go is not installed" >&2
	echo "hint: install Go 1.26 or later" >&2
	exit 1
fi
if has_glpk; then
	exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
	echo "error: the GLPK library or a C compiler is missing" >&2
	echo "hint: install glpk with its header: brew install glpk, dnf install glpk-devel, pacman -S glpk" >&2
	exit 1
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then
	sudo="sudo"
fi
$sudo apt-get update -qq
$sudo apt-get install -y -qq gcc libc6-dev libglpk-dev >/dev/null
has_glpk || {
	echo "error: libglpk-dev was installed, but a program with it does not build" >&2
	exit 1
}
