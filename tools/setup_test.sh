#!/usr/bin/env bash
# Install what the tests need from Debian's packages: PostgreSQL, Redis, Chromium and Thai fonts.
# Where it may not (neither root nor passwordless sudo) it says what will be skipped; in CI nothing
# may be skipped, so there it fails. Installed servers are not started: tests start their own.
set -euo pipefail

have_postgresql() { compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null; }
have_redis() { command -v redis-server >/dev/null; }
have_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }
have_noto() { compgen -G "/usr/share/fonts/truetype/noto/NotoSansThai*" >/dev/null; }
have_tlwg() { compgen -G "/usr/share/fonts/*/tlwg/*" >/dev/null; }

#: name of the check, Debian's package, what is skipped without it
needs=(
    "postgresql|postgresql|every test on PostgreSQL"
    "redis|redis-server|every test with a broker"
    "chromium|chromium|every test in the browser"
    "noto|fonts-noto-core|pictures show Thai in another font"
    "tlwg|fonts-thai-tlwg|pictures show Thai in another font"
)

missing_packages() {
    local need
    for need in "${needs[@]}"; do
        IFS='|' read -r check package _ <<<"$need"
        "have_$check" || echo "$package"
    done
}

as_root=()
may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] && return 0
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
}

install() {
    # RUNLEVEL=1 keeps Debian's scripts from starting the servers that they install.
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update >&2 || true
    "${apt[@]}" install -y --no-install-recommends "$@" >&2
}

mapfile -t missing < <(missing_packages)
[ "${#missing[@]}" -eq 0 ] && exit 0

if may_install; then
    echo "Installing from Debian's packages: ${missing[*]}" >&2
    install "${missing[@]}" || echo "apt-get could not install all of them." >&2
else
    echo "Not root and no passwordless sudo: install them with 'apt-get install ${missing[*]}'." >&2
fi

left=0
for need in "${needs[@]}"; do
    IFS='|' read -r check package skipped <<<"$need"
    "have_$check" && continue
    left=1
    echo "SKIPPED without $package: $skipped" >&2
done
if [ "$left" -eq 1 ] && [ "${CI:-}" = true ]; then
    echo "In CI nothing may be skipped." >&2
    exit 1
fi
