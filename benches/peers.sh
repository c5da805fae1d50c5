#!/usr/bin/env bash
# How banshi compares with pandoc, typst and LibreOffice: benches/peers.sh [--quick]
# Installs what is missing (Debian; typst from its wheel, in a folder of its own), builds the program, and prints a table.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
for pair in pandoc:pandoc soffice:libreoffice-writer-nogui; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
peers="${TMPDIR:-/tmp}/banshi-peers"
[ -x "$peers/bin/python" ] || python3 -m venv "$peers"
"$peers/bin/python" -c "import typst" 2>/dev/null || "$peers/bin/pip" install --quiet --disable-pip-version-check typst

cargo build --locked --release
exec "$peers/bin/python" benches/peers.py "${CARGO_TARGET_DIR:-target}/release/banshi" "$@"
