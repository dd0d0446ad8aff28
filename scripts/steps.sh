# Shared words of the scripts; sourced, never run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! command -v cargo >/dev/null && [ -f "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
die() { printf '%s\n' '' "$@" >&2; exit 1; }

# step <name> <command…>: runs it, says how long it took; a failure names the step and stops.
step() {
  local name=$1 began=$SECONDS
  shift
  say "$name: $*"
  if "$@"; then
    STEPS+=("$(printf '  ok  %4d s  %s' $((SECONDS - began)) "$name")")
  else
    local code=$?
    printf '%s\n' "${STEPS[@]}"
    die "Échec à l'étape « $name » (code $code) ; la cause est juste au-dessus." \
      "Failed at the step \"$name\" (code $code); the cause is just above."
  fi
}
STEPS=()
