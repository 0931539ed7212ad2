# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by ./dev: what ./dev test and ./dev lint check.

steps=()
n_checks=0
n_failed_checks=0

# timed NAME COMMAND...: says how long it took, and what of that it was at work.
timed () {
  local name=$1 status=0 TIMEFORMAT="== $1: %0R s (%0U s + %0S s of processor time)"
  shift

  say "$name"
  time "$@" || status=$?
  return "$status"
}

# step NAME COMMAND...: runs it, notes how it ended, goes on.
step () {
  local status=0

  timed "$@" || status=$?
  steps+=(--step "$1=$status")
  return "$status"
}

build_with_gcc () {
  configure "$build" gcc --werror && ninja -C "$build"
}

# Compiled, not run: what it is for is its warnings.
build_with_clang () {
  configure "$build/clang" clang --werror --buildtype=debug && ninja -C "$build/clang"
}

build_with_sanitizers () {
  configure "$build/asan" gcc -Db_sanitize=address,undefined --optimization=1 &&
    ninja -C "$build/asan"
}

# run_tests FOLDER [OPTION OF MESON TEST...]; how each ended is in its log.
run_tests () {
  local folder=$1 log=$1/meson-logs/testlog.json
  shift

  rm -f "$log"
  in_session meson test -C "$folder" --no-rebuild --print-errorlogs "$@" || true
  logs+=("$log")
}

check_builds_and_tests () {
  local logs=()

  if [ -n "${LINT_STATUS:-}" ]; then
    steps+=(--step "lint=$LINT_STATUS")
  fi
  if [ $# -gt 0 ]; then
    if step "Build with gcc" build_with_gcc; then
      run_tests "$build" "$@"
    fi
  else
    if step "Build with gcc" build_with_gcc; then
      timed "Tests" run_tests "$build"
    fi
    step "Build with clang" build_with_clang || true
    if step "Build with sanitizers" build_with_sanitizers; then
      timed "Tests with sanitizers" run_tests "$build/asan" --no-suite ui --no-suite tools --no-suite faults --timeout-multiplier 4
    fi
  fi

  say "Summary"
  "$python" tools/summarise.py "${steps[@]}" "${logs[@]}"
}

# check NAME COMMAND...: silent if it passes.
check () {
  local name=$1 output
  shift

  n_checks=$((n_checks + 1))
  if ! output=$("$@" 2>&1); then
    printf -- '--- %s\n%s\n' "$name" "$output"
    n_failed_checks=$((n_failed_checks + 1))
  fi
}

tracked () {
  git ls-files --cached --others --exclude-standard -- "$@" | while IFS= read -r path; do
    if [ -f "$path" ]; then
      printf '%s\n' "$path"
    fi
  done
}

check_format () {
  local sources output
  mapfile -t sources < <(tracked 'src/*.c' 'tests/*.c')
  output=$(uncrustify -q -c uncrustify.cfg -l C --check "${sources[@]}" 2>&1 >/dev/null) ||
    { printf '%s\n' "$output" "./dev format mends this"; return 1; }
}

check_shell () {
  local path
  for path in dev .ci/run $(tracked '*.sh'); do
    bash -n "$path" || return 1
  done
}

check_python () {
  tracked '*.py' | "$python" -c '
import ast, sys
for path in sys.stdin.read().split():
    ast.parse(open(path, encoding="utf-8").read(), path)'
}

check_xml () {
  tracked '*.ui' '*.svg' '*.xml' '*.xml.in' | xargs -d '\n' xmllint --noout --nonet
}

# Complete means: for every string the sources hold now, not for those po/ knew.
check_translations () {
  local language folder status=0
  folder=$(mktemp -d)

  # shellcheck disable=SC2086
  xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --add-comments --output="$folder/helpdesk.pot" \
    --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 \
    --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=ngettext:1:pass-c-format \
    --flag=ngettext:2:pass-c-format || status=1
  for language in $(grep -v '^#' po/LINGUAS); do
    msgfmt --check --output-file=/dev/null "po/$language.po" || status=1
    if LC_ALL=C msgfmt --statistics -o /dev/null "po/$language.po" 2>&1 | grep -E 'fuzzy|untranslated'; then
      status=1
    fi
    msgcmp "po/$language.po" "$folder/helpdesk.pot" || status=1
  done
  rm -rf "$folder"
  return $status
}

check_desktop_entry () {
  local folder name status=0
  folder=$(mktemp -d)

  for name in data/*.desktop.in; do
    cp "$name" "$folder/$(basename "$name" .in)"
    desktop-file-validate "$folder/$(basename "$name" .in)" || status=1
  done
  rm -rf "$folder"
  return $status
}

check_schema () {
  local output
  output=$(glib-compile-schemas --strict --dry-run data 2>&1) && [ -z "$output" ] ||
    { printf '%s\n' "$output"; return 1; }
}

check_tree () {
  check "sources" "$python" tools/lint.py
  check "format" check_format
  check "shell" check_shell
  check "python" check_python
  check "XML" check_xml
  check "translations" check_translations
  check "desktop entry" check_desktop_entry
  check "metainfo" appstreamcli validate --no-net data/*.metainfo.xml.in
  check "settings schema" check_schema
  check "Flatpak manifest and portal API" "$python" tools/check-manifests.py

  printf 'lint: %s of %s checks passed\n' $((n_checks - n_failed_checks)) "$n_checks"
  [ "$n_failed_checks" = 0 ]
}

format_tree () {
  local sources
  mapfile -t sources < <(tracked 'src/*.c' 'tests/*.c')
  uncrustify -q -c uncrustify.cfg -l C --no-backup --if-changed "${sources[@]}"
  "$python" tools/lint.py --write-potfiles
}
