# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by ./dev: the practice portal, a real one on this machine.

practice_user=support
practice_password=practice
practice_url=
practice_ca=
practice_pid=

practice_folder () {
  printf '%s\n' "${XDG_DATA_HOME:-$HOME/.local/share}/helpdesk-practice"
}

practice_portald () {
  "$build/src/portald/helpdesk-portald" --data-dir "$(practice_folder)" "$@"
}

# The Ukrainian GNOME help, as pages of HTML: what nobody here wrote.
practice_gnome_help () {
  local pages=$build/gnome-help-uk

  if [ ! -e "$pages/index.html" ]; then
    mkdir -p "$pages"
    yelp-build html -o "$pages" /usr/share/help/uk/gnome-help >&2
  fi
  printf '%s\n' "$pages"
}

# The first start fills the portal; what is there later stays as it is.
practice_prepare () {
  local folder
  folder=$(practice_folder)

  if [ -e "$folder/prepared" ]; then
    return
  fi

  say "Filling the practice portal"
  mkdir -p "$folder"
  chmod 700 "$folder"
  practice_portald init
  practice_portald import-catalog data/demo/catalog.json
  practice_portald import-announcements data/demo/announcements.json
  practice_portald import-articles data/demo/articles
  practice_portald import-articles "$(practice_gnome_help)"
  printf '%s\n' "$practice_password" |
    practice_portald add-user "$practice_user" --full-name "Олена Коваленко" \
      --email "$practice_user@customs.gov.ua"
  : > "$folder/prepared"
}

# Nothing, before the first start has written it.
practice_value () {
  sed -n "s/^$1=//p" "$(practice_folder)/ready" 2>/dev/null || true
}

practice_runs () {
  local pid
  pid=$(practice_value pid)
  [ -n "$pid" ] && [ "$(readlink "/proc/$pid/exe" 2>/dev/null)" = "$build/src/portald/helpdesk-portald" ]
}

# practice_serve PORT: until it can be reached, or has ended.
practice_serve () {
  local ready
  ready=$(practice_folder)/ready

  rm -f "$ready"
  "$build/src/portald/helpdesk-portald" --data-dir "$(practice_folder)" --port "$1" --practice \
    --ready-file "$ready" >"$build/practice-portal.log" 2>&1 &
  practice_pid=$!
  until [ -s "$ready" ]; do
    kill -0 "$practice_pid" 2>/dev/null || return 1
    sleep 0.1
  done
}

# Starts it, unless another ./dev has; it ends with the ./dev that started it.
# A free port is taken the first time and kept, for to the program another
# address is another portal.
practice_start () {
  local port

  if ! practice_runs; then
    practice_prepare >&2
    port=$(practice_value url | sed -n 's|.*:\([0-9]*\)/*$|\1|p')
    practice_serve "${port:-0}" || practice_serve 0 || { cat "$build/practice-portal.log" >&2; return 1; }
  fi

  practice_url=$(practice_value url)
  practice_ca=$(practice_value ca-file)
}

practice_stop () {
  if [ -n "$practice_pid" ]; then
    kill "$practice_pid" 2>/dev/null || true
    wait "$practice_pid" 2>/dev/null || true
    practice_pid=
  fi
}

practice_greet () {
  cat <<END

  Портал / portal:          $practice_url
  Ім’я користувача / user:  $practice_user
  Пароль / password:        $practice_password

END
}
