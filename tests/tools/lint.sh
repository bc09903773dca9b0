#!/usr/bin/env bash
# Style, formatting and the import law.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=.venv/bin

"$bin/ruff" check .
"$bin/ruff" format --check .
"$bin/lint-imports" --no-logo
