#!/bin/sh
# Installs the solvers that ours are raced against into .peers, which git ignores: CBC and GLPK's program through apt on
# Debian and its kin; HiGHS, OR-Tools and SCIP from the Python packages highspy, ortools and pyscipopt in an environment
# of their own; Timefold through Maven. What cannot be had is said and left out: the race shows it as missing.
set -u

target=.peers
python="${PYTHON:-python3}"
here="$(cd "$(dirname "$0")/.." && pwd)"
cd "$here" || exit 1
mkdir -p "$target"

say() { echo "$1: $2"; }

have() { command -v "$1" >/dev/null 2>&1; }

debian() { # program package
	if have "$1"; then
		say "$1" "there already"
		return
	fi
	if ! have apt-get; then
		say "$1" "missing; install $2 with the package manager of this system"
		return
	fi
	sudo=""
	if [ "$(id -u)" -ne 0 ]; then sudo="sudo"; fi
	$sudo apt-get update -qq >/dev/null 2>&1
	if $sudo apt-get install -y -qq "$2" >/dev/null 2>&1 && have "$1"; then
		say "$1" "installed ($2)"
	else
		say "$1" "missing; apt-get install $2 failed"
	fi
}

wheel() { # package
	if "$target/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$1" >"$target/pip.log" 2>&1; then
		say "$1" "installed"
	else
		say "$1" "missing; $(tail -1 "$target/pip.log")"
	fi
}

timefold() {
	if ! have mvn || ! have javac; then
		say timefold "missing; it needs a JDK from 17 on and Maven"
		return
	fi
	if mvn -q -B -f bench/timefold/pom.xml -DoutputDirectory="$here/$target/timefold/lib" -DskipTests \
		dependency:copy-dependencies >"$target/timefold.log" 2>&1 &&
		mkdir -p "$target/timefold/classes" &&
		javac -nowarn -cp "$target/timefold/lib/*" -d "$target/timefold/classes" bench/timefold/*.java >>"$target/timefold.log" 2>&1; then
		sed -n 's/.*<timefold>\(.*\)<\/timefold>.*/\1/p' bench/timefold/pom.xml >"$target/timefold/version"
		say timefold "built"
	else
		rm -f "$target/timefold/version"
		say timefold "missing; $(grep -m1 -E 'ERROR|error' "$target/timefold.log")"
	fi
}

debian cbc coinor-cbc
debian glpsol glpk-utils
if [ ! -x "$target/venv/bin/python" ] && ! "$python" -m venv "$target/venv" >/dev/null 2>&1; then
	say python "missing; install Python with its module venv (Debian: python3-venv) for highspy, ortools and pyscipopt"
else
	wheel highspy
	wheel ortools
	wheel pyscipopt
fi
timefold
