#!/usr/bin/env bash
# Runs one Windows program under Wine, in a network and a process namespace of its own, and ends with its exit code.
#
#   tests/Windows/engine.sh [--prefix NAME] pwsh -NoProfile -Command '$PSVersionTable'
#   tests/Windows/engine.sh [--prefix NAME] core-tests -class PSLabNet.Tests.Files.AtomicFileTests
#   tests/Windows/engine.sh [--prefix NAME] 'Z:\folder\program.exe'
#
# What it needs is laid out below out/windows once: .NET and PowerShell from packages, and a Wine prefix for each NAME (one:
# it is the machine that a program sees). Two programs at once need two prefixes, because the sockets of a prefix belong to
# the network of its first program. Nothing in there reaches a real network, and nothing of it lives longer than the program.
# Needs Linux, root, iproute2, and Wine (on Debian and Ubuntu: apt-get install wine wine64). Exit code 2: something is missing.
set -u -o pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
engine=$root/out/windows/engine
project=$root/tests/Windows/PSLabNet.WindowsEngine.csproj
name=one

if [ "${1:-}" = --inside ]; then
    # In the namespaces: the program has a terminal, because PowerShell for Windows does not start without a console; its
    # input is that of the terminal, where nobody types. It writes to where this script writes.
    shift
    ip link set lo up
    export DOTNET_ROOT="Z:${engine//\//\\}"
    export PSLABNET_TEST_LABTOUR="$DOTNET_ROOT\\apps\\LabTour.exe" POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off NO_COLOR=1
    # Memory that is mapped twice, to write and to execute, ends in an internal error of the runtime under Wine (0x80131506).
    export DOTNET_EnableWriteXorExecute=0
    command=$(printf '%q ' wine "$@")
    # Not by exec: Wine leaves processes behind, whose end script, as the first process, would take for that of the program.
    script -qec "$command >&3 2>&1" /dev/null 3>&1 >/dev/null </dev/null
    exit
fi

if [ "${1:-}" = --prefix ]; then
    name=$2
    shift 2
fi

missing=
command -v wine >/dev/null && [ -x /usr/lib/wine/wine64 ] || missing="Wine for 64-bit programs (apt-get install wine wine64)"
command -v script >/dev/null || missing=${missing:-"script (apt-get install bsdutils)"}
command -v ip >/dev/null || missing=${missing:-"ip (apt-get install iproute2)"}
[ "$(id -u)" = 0 ] && unshare --net true 2>/dev/null || missing=${missing:-"root, for network namespaces"}
if [ -n "$missing" ]; then
    echo "No Windows programs run here: that takes $missing."
    exit 2
fi

# A Wine prefix is a machine: its registry and its drive C. Each is a copy of a fresh one.
fresh=$root/out/windows/prefix
prefix=$fresh-$name
export WINEPREFIX=$prefix WINEDEBUG=-all WINEARCH=win64
unset DISPLAY WAYLAND_DISPLAY

prepare() {
    (
        flock 9
        # A newer version in either file is another engine.
        if [ "$project" -nt "$engine/.ready" ] || [ "$root/.config/dotnet-tools.json" -nt "$engine/.ready" ]; then
            rm -rf "$engine"
            dotnet build "$project" -v quiet -nologo && touch "$engine/.ready" || exit 1
        fi

        if [ ! -e "$fresh/.ready" ]; then
            rm -rf "$fresh"
            # Without mscoree and mshtml, Wine does not look for its Mono and Gecko, which nothing here uses.
            export WINEPREFIX=$fresh
            WINEDLLOVERRIDES='mscoree=;mshtml=' wineboot -i && wine winecfg /v win10 && wineserver -w && touch "$fresh/.ready" || exit 1
        fi

        if [ ! -e "$prefix/.ready" ]; then
            rm -rf "$prefix"
            cp -a --reflink=auto "$fresh" "$prefix"
        fi
    ) 9>"$root/out/windows/lock" >&2
}

mkdir -p "$root/out/windows"
if ! prepare; then
    echo "The engine could not be prepared." >&2
    exit 1
fi

case "${1:-}" in
    '') exit 0 ;;
    pwsh) program=$engine/pwsh/pwsh.exe ;;
    core-tests) program=$engine/apps/PSLabNet.Core.Tests.exe ;;
    *) program=$1 ;;
esac
shift
exec unshare --net --pid --fork --kill-child --mount-proc "${BASH_SOURCE[0]}" --inside "$program" "$@"
