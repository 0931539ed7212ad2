#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A real Request Tracker 5 of Debian for the tests: TLS by nginx, SQLite, on
# 127.0.0.1, with a service desk's content; everything it writes is in one folder.
#
#   rt-server.sh up --home DIR [--owner PID]   starts it, prints url= and ca-file=;
#                                              it ends with the process PID
#   rt-server.sh down --home DIR               stops it; `up` finds the data again
#   rt-server.sh status --home DIR             the same lines, or fails
#
# The first of all starts takes half a minute, for the database is made and filled.
# It is kept in build/rt-template (or $HD_RT_TEMPLATES), so the next ones only copy it.
set -euo pipefail
umask 077
export LC_ALL=C.UTF-8 TZ=UTC PATH=/usr/sbin:/usr/bin:/sbin:/bin

here=$(dirname "$(readlink -f "$0")")
templates=${HD_RT_TEMPLATES:-$here/../../../build/rt-template}
libexec=/usr/share/request-tracker5/libexec
home=
owner=

fail () {
  printf 'rt-server: %s\n' "$*" >&2
  exit 1
}

# As root it all belongs to www-data: RT lets its administrator run Perl.
as_server () {
  local environment=(HOME="$home" HD_RT_HOME="$home" HD_RT_URL="$url" LC_ALL="$LC_ALL" TZ="$TZ" PATH="$PATH"
    RT_SITE_CONFIG="$home/RT_SiteConfig.pm" RT_SITE_CONFIG_DIR=/nonexistent)

  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid www-data --regid www-data --clear-groups env -i -C "$home" "${environment[@]}" "$@"
  else
    env -i -C "$home" "${environment[@]}" "$@"
  fi
}

# runs FILE: whether the process recorded there lives, and is none that got its number.
runs () {
  local pid

  pid=$(cat "$home/$1" 2>/dev/null) && [ "$(readlink "/proc/$pid/cwd")" = "$home" ]
}

stop () {
  local i

  if runs "$1"; then
    kill "$(cat "$home/$1")" 2>/dev/null || true
    for ((i = 0; i < 100; i++)); do
      runs "$1" || break
      sleep 0.1
    done
    if runs "$1"; then
      kill -KILL "$(cat "$home/$1")" 2>/dev/null || true
    fi
  fi
  rm -f "$home/$1"
}

down () {
  stop nginx.pid
  stop rt.pid
}

check_packages () {
  local program

  [ -x "$libexec/rt-server" ] || fail "Request Tracker 5 is not installed (package request-tracker5)"
  perl -e 'use DBD::SQLite; use Starlet::Server;' 2>/dev/null ||
    fail "Request Tracker lacks SQLite or its server (packages rt5-db-sqlite, rt5-standalone)"
  for program in nginx openssl sqlite3 rt-setup-database-5; do
    command -v "$program" >/dev/null || fail "$program is not installed"
  done
}

prepare_home () {
  mkdir -p "$home/nginx" "$home/mason" "$home/session" "$home/tls"
  cp "$here"/RT_SiteConfig.pm "$here"/*.pl "$home"
  if [ "$(id -u)" = 0 ]; then
    chown -R www-data: "$home"
  fi
  as_server test -r "$home/RT_SiteConfig.pm" || fail "www-data cannot reach $home"
}

# Makes a database in a home of its own, fills it as the seed says, and keeps it.
make_template () {
  local template=$1 home=$home/seed url=https://127.0.0.1:1

  prepare_home
  printf '%s' 'rt-Root-1' | as_server tee "$home/root.password" >/dev/null
  {
    as_server timeout 120 rt-setup-database-5 --action init --skip-create --root-password-file "$home/root.password" &&
      as_server timeout 300 perl "$home/seed.pl" &&
      # Writers wait for each other, readers for nobody.
      as_server sqlite3 "$home/rt.sqlite" 'PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint (TRUNCATE);'
  } </dev/null >"$home/log" 2>&1 || { tail -n 20 "$home/log" >&2; fail "the database was not made, see $home/log"; }
  rm -f "$templates"/*.sqlite*
  cp "$home/rt.sqlite" "$template.$$"
  mv "$template.$$" "$template"
}

# A database that is there stays; its web addresses are made to be this server's.
prepare_database () {
  local sum template

  [ -s "$home/rt.sqlite" ] && return
  sum=$(cat "$here/RT_SiteConfig.pm" "$here"/*.pl <(dpkg-query -W -f '${Version}' request-tracker5) | sha256sum)
  template=$templates/${sum%% *}.sqlite
  mkdir -p "$templates"
  exec 8>"$templates/lock"
  flock -w 400 8 || fail "another start does not come to an end with $templates"
  [ -s "$template" ] || make_template "$template" 8>&-
  exec 8>&-
  as_server tee "$home/rt.sqlite" <"$template" >/dev/null
  as_server sqlite3 "$home/rt.sqlite" "UPDATE ObjectCustomFieldValues
    SET LargeContent = replace (LargeContent, 'https://127.0.0.1:1/', '$url/')
    WHERE LargeContent LIKE '%https://127.0.0.1:1/%'"
}

# A port that is free, and the same again after a stop.
choose_port () {
  port=$(cat "$home/port" 2>/dev/null) ||
    port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new (Listen => 1, LocalAddr => "127.0.0.1")->sockport')
  printf '%s\n' "$port" >"$home/port"
  url=https://127.0.0.1:$port
}

make_certificates () {
  local tls=$home/tls

  [ -s "$tls/server.crt" ] && return
  {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
      -subj '/CN=Authority of the test desk' -keyout "$tls/ca.key" -out "$tls/ca.crt"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=127.0.0.1' \
      -keyout "$tls/server.key" -out "$tls/server.csr"
    openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.crt" -CAkey "$tls/ca.key" -CAcreateserial -days 30 \
      -extfile <(printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n') -out "$tls/server.crt"
  } 2>"$tls/log" || { cat "$tls/log" >&2; fail "no certificate was made"; }
  if [ "$(id -u)" = 0 ]; then
    chown -R www-data: "$tls"
  fi
}

answers () {
  perl -MIO::Socket::UNIX -e '
    my $rt = IO::Socket::UNIX->new (Peer => $ARGV[0]) or exit 1;
    print $rt "GET /REST/2.0/rt HTTP/1.0\r\n\r\n";
    exit (<$rt> !~ / 401 /)' "$home/rt.socket"
}

start_rt () {
  local i

  rm -f "$home/rt.socket"
  # By the port RT names its cookie.
  # shellcheck disable=SC2016
  as_server setsid --fork sh -c 'echo $$ >"$HOME/rt.pid"; exec "$@"' sh plackup --env deployment --server Starlet --max-workers 4 \
    -e "enable sub { my \$rt = shift; sub { \$_[0]{SERVER_PORT} = $port; \$rt->(@_) } }" \
    --listen "$home/rt.socket" "$libexec/rt-server" </dev/null >"$home/rt.log" 2>&1
  for ((i = 0; i < 600; i++)); do
    answers && return
    if [ -s "$home/rt.pid" ] && ! runs rt.pid; then
      tail -n 20 "$home/rt.log" >&2
      fail "Request Tracker ended"
    fi
    sleep 0.1
  done
  fail "Request Tracker does not answer, see $home/rt.log"
}

start_nginx () {
  sed -e "s|@HOME@|$home|g" -e "s|@PORT@|$port|g" "$here/nginx.conf" | as_server tee "$home/nginx.conf" >/dev/null
  as_server nginx -e "$home/nginx.log" -p "$home" -c "$home/nginx.conf" 2>/dev/null ||
    { tail -n 5 "$home/nginx.log" >&2; fail "nginx did not start"; }
}

# Nothing is left behind by a test that was killed, with all it had started.
follow () {
  while kill -0 "$owner" 2>/dev/null; do
    runs rt.pid || return 0
    sleep 0.5
  done
  down
}

up () {
  check_packages
  prepare_home
  if ! runs rt.pid || ! runs nginx.pid; then
    down
    # shellcheck disable=SC2064
    trap "$(printf '%q down --home %q' "$0" "$home")" EXIT
    choose_port
    make_certificates
    start_nginx
    prepare_database
    start_rt
    trap - EXIT
  fi
  if [ -n "$owner" ]; then
    setsid --fork "$0" follow --home "$home" --owner "$owner" </dev/null >/dev/null 2>&1
  fi
  status
}

status () {
  if ! runs rt.pid || ! runs nginx.pid; then
    fail "nothing runs in $home"
  fi
  choose_port
  printf 'url=%s\nca-file=%s\n' "$url" "$home/tls/ca.crt"
}

main () {
  local command=${1:-} port='' url=''
  shift || true

  while [ $# -gt 1 ]; do
    case $1 in
      --home) home=$(readlink -m -- "$2") ;;
      --owner) owner=$2 ;;
      *) fail "unknown option $1" ;;
    esac
    shift 2
  done
  [ -n "$home" ] || command=
  case $command in
    up | down | status | follow) "$command" ;;
    *) sed -n '3,15s/^# \?//p' "$0" >&2; return 2 ;;
  esac
}

main "$@"
