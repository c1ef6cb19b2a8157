# What ./run and ./check share: packages, builds, progress lines. Sourced by bash from the top folder.
# shellcheck shell=bash

house_packages=scripts/packages
house_log=build/log

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# The packages of the groups given, one a line.
packages_of() {
	local group
	for group; do
		sed -n "s/^$group //p" "$house_packages"
	done | sort -u
}

missing_of() {
	local wanted installed
	wanted=$(packages_of "$@")
	# shellcheck disable=SC2086 # one word a package; those never heard of are complained about
	installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null |
		sed -n 's/ installed$//p' | sort -u)
	comm -23 <(echo "$wanted") <(echo "$installed") | tr '\n' ' '
}

# Other systems have the libraries under other names: say which, do nothing.
refuse_other_systems() {
	command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && return
	say "本脚本只会在 Debian 12 上安装软件包。请先用本系统的工具安装以下软件（Debian 名称），再按 INSTALL 编译："
	say "This script installs packages on Debian 12 only. Install these by hand (Debian's names), then follow INSTALL:"
	die "  $(packages_of "$@" | tr '\n' ' ')"
}

# Runs a command quietly; if it fails, shows the end of what it said and leaves.
quietly() {
	local name=$1 log=$house_log/$1.log
	shift
	mkdir -p "$house_log"
	"$@" >"$log" 2>&1 </dev/null && return
	tail -n 40 "$log" >&2
	say "失败：$name，全部输出见 $log / Failed: $name, everything it said is in $log"
	return 1
}

# Installs what of the groups given is missing; installs nothing and asks nothing otherwise.
install_missing() {
	local missing sudo=()
	refuse_other_systems "$@"
	missing=$(missing_of "$@")
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null ||
			die "缺少软件包，请以 root 执行 / Packages are missing, please run as root:  apt-get update && apt-get install $missing"
		sudo=(sudo --)
		sudo -v # asks for the password now: afterwards the output goes to a file
	fi
	say "安装软件包 / Installing: $missing"
	quietly apt-update "${sudo[@]}" apt-get -qq update || exit 1
	# shellcheck disable=SC2086 # one word a package
	quietly apt-install "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq -y --no-install-recommends install $missing || exit 1
}

# Configures one preset in build/PRESET; further words go to the configuration.
configure() {
	local preset=$1
	shift
	[ -n "$(command -v ccache)" ] && set -- "$@" -DCMAKE_C_COMPILER_LAUNCHER=ccache
	quietly "configure-$preset" cmake --preset "$preset" "$@"
}

# Builds what was configured; further words go to cmake --build.
compile() {
	quietly "build-$1" cmake --build --preset "$@"
}
