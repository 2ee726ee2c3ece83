#!/usr/bin/env bash
# Sees to the programs that no Python package brings: PostgreSQL's server, Chromium, LibreOffice's spreadsheet. Installs
# them where it may (root on Debian), else names them and fails. A test that needs one never skips. Programs that only one
# command needs are named behind it: `system_packages.sh sqlmap`, each in the package of its name.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing() {
  .venv/bin/python - <<'PY'
from tests.support import chromium, libreoffice, postgres

for look, package in (
    (postgres.programs, "postgresql"),
    (chromium.program, "chromium fonts-dejavu-core"),
    (libreoffice.program, "libreoffice-calc-nogui"),
):
    try:
        look()
    except (postgres.MissingPostgres, chromium.MissingChromium, libreoffice.MissingLibreOffice):
        print(package)
PY
  for program in "$@"; do command -v "$program" >/dev/null || echo "$program"; done
}

wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0
wanted=$(echo $wanted)

if [ -n "${POSTGRES_BIN:-}${CHROMIUM:-}${LIBREOFFICE:-}" ]; then
  echo "Missing where POSTGRES_BIN, CHROMIUM or LIBREOFFICE says: $wanted" >&2
  exit 1
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need these Debian packages: $wanted" >&2
  echo "Install them (apt-get install $wanted) and try again." >&2
  exit 1
fi

echo "Installing Debian packages: $wanted ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends $wanted >/dev/null

left=$(missing "$@")
if [ -n "$left" ]; then
  echo "Still missing after the installation: $left" >&2
  exit 1
fi
