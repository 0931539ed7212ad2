# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by ./dev: what the programs need to run from the build folder.

# Where everything is found when nothing is installed.
use_build_folder () {
  local build=$1

  export GSETTINGS_SCHEMA_DIR=$build/data
  export HELPDESK_LOCALEDIR=$build/po
  export HELPDESK_MODULE_DIR=$build/src/app/webview
  export HD_SOURCE_ROOT=$PWD
  export HD_BUILD_ROOT=$build
  use_sandbox

  if [ -z "${XDG_RUNTIME_DIR:-}" ] || [ ! -w "$XDG_RUNTIME_DIR" ]; then
    XDG_RUNTIME_DIR=$(mktemp -d "${TMPDIR:-/tmp}/helpdesk-runtime-XXXXXX")
    export XDG_RUNTIME_DIR
    temporary+=("$XDG_RUNTIME_DIR")
  fi
}

# In a chroot WebKit finds out too late that its sandbox cannot be built, and
# ends the program; in a container it looks first.  So do we, for both.
use_sandbox () {
  if ! bwrap --ro-bind / / --proc /proc --dev /dev true 2>/dev/null; then
    say "There are no namespaces here: the web view runs without its sandbox"
    export WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1
  fi
}

# gettext shows no translation in the C locale, and a bare Debian has no other:
# the two we speak are made in the build folder.  With LOCPATH the C library
# forgets the system's own archive, hence both or none.
use_locales () {
  local folder=$1 name

  if [ "$(locale -a 2>/dev/null | grep -ciE '^(uk_UA|en_US)\.utf-?8$')" = 2 ]; then
    return
  fi

  for name in uk_UA en_US; do
    if [ ! -d "$folder/$name.UTF-8" ]; then
      mkdir -p "$folder"
      localedef -i "$name" -f UTF-8 "$folder/$name.UTF-8"
    fi
  done
  export LOCPATH=$folder:/usr/lib/locale
}

# The person's own language; where none is set, Ukrainian.
use_language () {
  case "${LC_ALL:-${LC_MESSAGES:-${LANG:-C}}}" in
    C | POSIX | C.*)
      use_locales "$1"
      unset LC_ALL LC_MESSAGES LANGUAGE
      export LANG=uk_UA.UTF-8
      ;;
  esac
}

# A display and a session bus of its own for a command.
in_session () {
  xvfb-run -a -s '-screen 0 1920x1200x24 -nolisten tcp' dbus-run-session -- "$@"
}
