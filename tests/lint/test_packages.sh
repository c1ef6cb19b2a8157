#!/usr/bin/env bash
# ./run and ./check install what is missing and nothing else; INSTALL names every library that building needs.
. "$(dirname "$0")/lint.sh"
. scripts/house.sh

# A machine made of two files: what is installed, and what apt-get was asked for.
mkdir "$scratch/bin"
cat >"$scratch/bin/dpkg-query" <<END
#!/bin/sh
cat "$scratch/installed"
END
cat >"$scratch/bin/apt-get" <<END
#!/bin/sh
echo "\$*" >>"$scratch/asked"
END
# shellcheck disable=SC2016 # the fake expands
printf '#!/bin/sh\n[ "$1" = -v ] && exit\nshift\nexec "$@"\n' >"$scratch/bin/sudo"
chmod +x "$scratch"/bin/*
PATH=$scratch/bin:$PATH
house_log=$scratch/log

everything() { packages_of build test | sed 's/$/ installed/'; }

everything >"$scratch/installed"
install_missing build test
[ ! -e "$scratch/asked" ] || fault "asked apt-get although nothing is missing: $(cat "$scratch/asked")"

everything | sed -e '/^tmux /d' -e 's/^gcc installed/gcc config-files/' >"$scratch/installed"
install_missing build test 2>/dev/null
wanted='-qq update
-qq -y --no-install-recommends install gcc tmux'
[ "$(cat "$scratch/asked")" = "$wanted" ] || fault "asked apt-get for: $(cat "$scratch/asked")"

for package in $(packages_of build); do
	case $package in
	gcc | libc6-dev | cmake | ninja-build | pkg-config | gettext) continue ;; # named there in words
	esac
	grep -q " $package " INSTALL || fault "INSTALL does not name $package"
done
finish
