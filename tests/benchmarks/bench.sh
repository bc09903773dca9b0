#!/usr/bin/env bash
# The promises of speed, on SQLite and, where they answer, on PostgreSQL with Redis. Arguments: see __main__.py.
# Then those about payments, on a PostgreSQL of their own; PAYMENTS holds their arguments (see payments.py), or "none".
set -euo pipefail
cd "$(dirname "$0")/../.."
tests/tools/install_wrk.sh >/dev/null
python=.venv/bin/python
export TEST_DATABASE_URL=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
export TEST_REDIS_URL=${TEST_REDIS_URL:-redis://127.0.0.1:6379/9}
failed=0

DATABASE_URL='' REDIS_URL='' "$python" -m tests.benchmarks "$@" || failed=1
if missing=$("$python" -m tests.tools.services); then
    DATABASE_URL=$TEST_DATABASE_URL REDIS_URL=$TEST_REDIS_URL "$python" -m tests.benchmarks "$@" || failed=1
    if [ "${PAYMENTS:-}" != none ]; then
        # shellcheck disable=SC2086 # several arguments
        REDIS_URL=$TEST_REDIS_URL "$python" -m tests.benchmarks.payments ${PAYMENTS:-} || failed=1
    fi
else
    echo "skipped: PostgreSQL with Redis: $missing"
fi
exit $failed
