# shellcheck shell=bash
# Sourced by the other scripts: messages, and packages on Debian and Ubuntu.

say() { printf '%s\n' "$*" >&2; }

# The exit code 3 is devshell's "engine unreachable"; a script that cannot provide what it is for uses it too.
cannot() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  shift
  if (($#)); then printf '  %s\n' "$@" >&2; fi
  exit 3
}

command -v timeout >/dev/null || timeout() { shift && "$@"; }

os() (
  # shellcheck source=/dev/null
  . /etc/os-release 2>/dev/null || true
  case "${ID:-} ${ID_LIKE:-}" in
    debian*) echo "debian ${VERSION_ID:-sid}" ;;
    *ubuntu*) echo "ubuntu ${VERSION_ID:-}" ;;
    *) echo "${ID:-$(uname -s)} ${VERSION_ID:-}" ;;
  esac
)

can_install() {
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null && [[ $(os) == debian* || $(os) == ubuntu* ]]
}

# Runs a command with its output kept back; shows the end of it when the command fails.
quietly() {
  local log code=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || code=$?
  if ((code)); then
    say "failed with $code: $*"
    tail -n 20 "$log" >&2
  fi
  rm -f "$log"
  return "$code"
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }

# One repository of many that is out of reach must not stand in the way: apt-get install says what is missing.
update_lists() { apt update -qq >/dev/null 2>&1 || true; }

# Prints the Debian mirror of this machine. apt itself is asked, for it reads both source formats.
debian_mirror() { mirror_of '[^-]+' http://deb.debian.org/debian; }
debian_security_mirror() { mirror_of '.+-security' http://deb.debian.org/debian-security; }

mirror_of() {
  local found
  # shellcheck disable=SC2016 # apt's own variables
  found=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Identifier: Packages' 'Origin: Debian' |
    awk -v suite="^$1\$" '!found && $2 ~ suite { found = $1 } END { print found }')
  found=${found:-$2}
  echo "${found%/}"
}

# Debian 13 beside Debian 12, so low that nothing is taken from it unless it is asked for by name.
add_trixie() {
  local name=devshell-trixie keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror
  mirror=$(debian_mirror)
  printf 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n' >"/etc/apt/preferences.d/$name"
  printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n' "$mirror" "$keyring" \
    >"/etc/apt/sources.list.d/$name.sources"
  update_lists
}

# Installs packages: on Debian 12 those of Debian 13, with Debian 12's own libraries beneath them.
install_from_trixie() {
  update_lists
  if [[ $(os) == 'debian 12' ]]; then
    add_trixie
    set -- "${@/%//trixie}"
  fi
  quietly apt install -y --no-install-recommends "$@"
}

install() {
  update_lists
  quietly apt install -y --no-install-recommends "$@"
}
