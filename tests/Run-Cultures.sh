#!/usr/bin/env bash
# Runs the suites that are built under other cultures and in other time zones, where they have to give the same results.
#
#   tests/Run-Cultures.sh           xunit and Pester under three cultures
#   tests/Run-Cultures.sh --xunit   xunit alone
#   tests/Run-Cultures.sh --all     all of Pester, and xunit under cultures with other calendars and another minus too;
#                                   with --xunit the latter alone
#
# Each culture has a zone with it: half hours, a summer time of half an hour, both, and one that .NET knows little of. A guard
# fails first if the system has not the data of the culture or the zone (on Debian and Ubuntu: apt-get install libicu72, or the
# libicu of the release, and tzdata; no locale of the C library is needed).
#
# The suites speak on loopback, in the same multicast group. Where each can have a network of its own (Linux, root, iproute2),
# as many cultures run side by side as there are processors; elsewhere one after the other.
set -u -o pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 NO_COLOR=1

pairs=("de-DE Australia/Lord_Howe" "tr-TR Asia/Kolkata" "ja-JP America/St_Johns")
more_pairs=("th-TH Europe/Dublin" "fa-IR Europe/Berlin" "ar-SA America/New_York")

# What says little of cultures and takes long, beside the tests with the tag CI: many runspaces at once, pages and tables of
# tests, jobs, the scripts' analysis.
slow="Concurrency FaultMatrix Help HelpExamples HelpFiles LabTour LoadContext ScaleOut ScaleOut.Ssh Scripts Suite"

all='' only_xunit=''
for option; do
    case "$option" in
        --xunit) only_xunit=1 ;;
        --all) all=1 ;;
        *) sed -nE '2,/^set/s/^# ?//p' "$0"; exit 2 ;;
    esac
done

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# Everything that a process takes its culture and zone from.
under() {
    local culture=$1 zone=$2
    shift 2
    local locale=${culture/-/_}.UTF-8
    env -u LC_CTYPE -u LC_NUMERIC -u LC_TIME -u LC_MESSAGES LANG="$locale" LC_ALL="$locale" TZ="$zone" \
        PSLABNET_TEST_CULTURE="$culture" PSLABNET_TEST_ZONE="$zone" "$@"
}

# What the suites of a culture found, in a file: they run in processes of their own.
add() {
    echo "$2 $3 $4" >>"$logs/$1.counts"
}

fault() {
    echo "FAILED under $1" >>"$logs/faults"
}

# Puts a command into a network of its own that has nothing but loopback.
alone=() at_once=1
if command -v ip >/dev/null && unshare --net ip link set lo up 2>/dev/null; then
    alone=(unshare --net sh -c 'ip link set lo up && exec "$@"' alone) at_once=$(nproc)
fi

# One xunit assembly, which is a program; its last line counts.
run_xunit() {
    local culture=$1 zone=$2 name=$3 log="$logs/$3.$1" status
    shift 3
    local program="tests/$name/bin/Debug/net10.0/$name"
    if [ ! -x "$program" ]; then
        echo "$culture, $zone, $name: not built (dotnet build)"
        fault "$culture, $zone: $name is not built"
        add "$culture" 0 1 0
        return 1
    fi

    under "$culture" "$zone" "${alone[@]+"${alone[@]}"}" timeout 900 "$program" -noLogo -noColor -explicit on "$@" >"$log" 2>&1
    status=$?
    local total errors bad skips
    read -r total errors bad skips <<<"$(sed -nE 's/^.* Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+),.*$/\1 \2 \3 \4/p' "$log" | tail -n 1)"
    bad=$((${bad:-0} + ${errors:-0}))
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "${total:-0}" -eq 0 ]; }; then
        bad=1
        fault "$culture, $zone: $name ended with exit code $status"
        tail -n 20 "$log"
    fi

    while IFS= read -r test; do
        fault "$culture, $zone: $test"
    done < <(sed -nE 's/^ *(.*) \[FAIL\]$/\1/p' "$log")
    [ "$bad" -eq 0 ] || grep -A 12 '\[FAIL\]' "$log"
    echo "$culture, $zone, $name: $((${total:-0} - bad - ${skips:-0})) passed, $bad failed, ${skips:-0} skipped"
    add "$culture" $((${total:-0} - bad - ${skips:-0})) "$bad" "${skips:-0}"
    [ "$bad" -eq 0 ]
}

run_pester() {
    local culture=$1 zone=$2 log="$logs/pester.$1" status files=() leave=(-ExcludeTag CI)
    [ -z "$all" ] || leave=()
    for file in tests/Pester/*.Tests.ps1; do
        local name=${file##*/}
        name=${name%.Tests.ps1}
        [ -n "$all" ] || [[ " $slow " != *" $name "* ]] || continue
        files+=("$file")
    done

    # The guard of xunit, for PowerShell's own way to its culture.
    if ! under "$culture" "$zone" dotnet pwsh -NoProfile -NonInteractive -Command '
        $upper = "i".ToUpper()
        "PowerShell: $([cultureinfo]::CurrentCulture), $([timezoneinfo]::Local.Id), upper i is $upper"
        $isRight = [cultureinfo]::CurrentCulture.Name -eq $env:PSLABNET_TEST_CULTURE -and [timezoneinfo]::Local.Id -eq $env:PSLABNET_TEST_ZONE
        exit [int](-not $isRight -or $upper -cne $(if ($env:PSLABNET_TEST_CULTURE -eq "tr-TR") { [char] 0x130 } else { "I" }))'; then
        fault "$culture, $zone: PowerShell does not take this culture or zone"
        add "$culture" 0 1 0
        return
    fi

    under "$culture" "$zone" timeout 1500 dotnet pwsh -NoProfile -NonInteractive -File tests/Pester/Invoke-PesterSuite.ps1 \
        "$(IFS=,; echo "${files[*]}")" "${leave[@]+"${leave[@]}"}" >"$log" 2>&1
    status=$?
    local good bad skips
    read -r good bad skips <<<"$(sed -nE 's/^Pester: ([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p' "$log" | tail -n 1)"
    if [ "${bad:-0}" -eq 0 ] && { [ "$status" -ne 0 ] || [ "${good:-0}" -eq 0 ]; }; then
        bad=1
        fault "$culture, $zone: Pester ended with exit code $status"
        tail -n 20 "$log"
    fi

    while IFS= read -r test; do
        fault "$culture, $zone: $test"
    done < <(sed -nE 's/^ *\[-\] (.*) [0-9.,٫]+m?s \(.*$/\1/p' "$log")
    [ "${bad:-0}" -eq 0 ] || grep -A 12 '^ *\[-\]' "$log"
    echo "$culture, $zone, Pester: ${good:-0} passed, ${bad:-0} failed, ${skips:-0} skipped"
    add "$culture" "${good:-0}" "${bad:-0}" "${skips:-0}"
}

pester=1
if [ -n "$only_xunit" ]; then
    pester=
elif [ ! -e tests/Pester/bin/Pester/Pester.psd1 ]; then
    echo "The Pester tests are not built (dotnet build)."
    exit 1
elif [ -z "$all" ]; then
    echo "Pester without the tests with the tag CI, and without what says little of cultures: $slow (--all runs them too)."
fi

guard=(-class PSLabNet.Tests.Cultures.CultureOfTheRun)
run_culture() {
    local culture=$1 zone=$2
    if ! run_xunit "$culture" "$zone" PSLabNet.Core.Tests "${guard[@]}" >"$logs/guard.$culture"; then
        cat "$logs/guard.$culture"
        echo "$culture, $zone: this system has not the data of one of them (libicu, tzdata), or globalization is off: nothing was run."
        return
    fi

    # The guard is one of the tests.
    rm "$logs/$culture.counts"
    run_xunit "$culture" "$zone" PSLabNet.Core.Tests
    run_xunit "$culture" "$zone" PSLabNet.Tests
    [ -z "$3" ] || run_pester "$culture" "$zone"
}

# All of Pester builds packages in this folder, which two must not do at once.
[ -z "$all" ] || [ -z "$pester" ] || at_once=1

start() {
    while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do
        wait -n
    done
    run_culture "$@" &
}

for pair in "${pairs[@]}"; do
    start $pair "$pester"
done

if [ -n "$all" ]; then
    for pair in "${more_pairs[@]}"; do
        start $pair ''
    done
fi

wait
[ ! -e "$logs/faults" ] || cat "$logs/faults"
read -r passed failed skipped <<<"$(cat "$logs"/*.counts | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')"
echo "Cultures: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
