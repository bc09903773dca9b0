#!/usr/bin/env bash
# Finds a Chromium, or installs one, and says where it is. CHROMIUM names one of your own.
set -euo pipefail
cd "$(dirname "$0")/../.."

find_chromium() { .venv/bin/python -m tests.tools.chromium; }

if found=$(find_chromium); then
    echo "$found"
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium with apt-get."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
    echo "Installing Chromium with Playwright."
    .venv/bin/python -m playwright install chromium || true
fi
find_chromium || {
    echo "There is no Chromium, and it could not be installed. Install one, or set CHROMIUM to its path." >&2
    exit 1
}
