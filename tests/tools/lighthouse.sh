#!/usr/bin/env bash
# Lighthouse on the public pages: see lighthouse.py.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v npx >/dev/null || {
    echo "Lighthouse needs Node.js (npx)." >&2
    exit 1
}
tests/tools/install_chromium.sh
exec .venv/bin/python -m tests.tools.lighthouse
