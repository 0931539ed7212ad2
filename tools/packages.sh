# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by ./dev: the packages of Debian it needs, tools/debian-packages.txt.

# Those of the groups given, as they stand in the list.
listed_packages () {
  local group package

  while read -r group package; do
    if [[ " $* " == *" $group "* ]]; then
      printf '%s\n' "$package"
    fi
  done < tools/debian-packages.txt
}

# Of the packages read, those of which no alternative is installed.
missing_packages () {
  local installed=" " name status line alternatives found

  while read -r name status; do
    if [ "$status" = installed ]; then
      installed+="$name "
    fi
  done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null)

  while read -r line; do
    IFS='|' read -ra alternatives <<< "$line"
    found=
    for name in "${alternatives[@]}"; do
      if [[ $installed == *" $name "* ]]; then
        found=yes
      fi
    done
    if [ -z "$found" ]; then
      printf '%s\n' "${alternatives[0]}"
    fi
  done
}

as_root () {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "As root, run: $*" >&2
    return 1
  fi
}

apt () {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >&2
}

# Of nginx the tests want the program, nobody wants a server at port 80.
keep_nginx_down () {
  as_root service nginx stop
  as_root update-rc.d nginx disable
}

# Installs what is missing of the groups given; without apt it is up to the
# person, and meson names what it does not find.
packages () {
  local missing

  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    return 0
  fi

  mapfile -t missing < <(listed_packages "$@" | missing_packages)
  if [ ${#missing[@]} -gt 0 ]; then
    say "Installing ${missing[*]}"
    apt update
    apt --no-install-recommends install "${missing[@]}"
    if [[ " ${missing[*]} " == *" nginx "* ]]; then
      keep_nginx_down >&2 || true
    fi
  fi
}
