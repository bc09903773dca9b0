#!/usr/bin/env bash
# All checks and all tests: first what is quick to tell, then the tests on SQLite, then the same tests on
# PostgreSQL with Redis. Ends with pytest's own summary.
#
# TEST_DATABASE_URL, TEST_REDIS_URL   where the services are; the local ones by default
# REQUIRE_SERVICES=1                  fail, instead of skipping, when they do not answer
set -euo pipefail
cd "$(dirname "$0")/../.."
python=.venv/bin/python
export TEST_DATABASE_URL=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
export TEST_REDIS_URL=${TEST_REDIS_URL:-redis://127.0.0.1:6379/9}
export DJANGO_SETTINGS_MODULE=tests.settings
# One source of settings for all of what follows: tests/settings.py, and the two below.
unset DATABASE_URL REDIS_URL

# With the minutes since the beginning: where the time goes is to be seen.
step() { printf '\n== %d:%02d %s ==\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

# What a page looks like, weighs or does in the browser does not depend on the database: there the second
# run walks the whole journey only. Neither do the unit tests that touch no database.
walks="whole_journey"

unit_tests() {
    step "$1: unit tests"
    "$python" -m pytest -q -n 2 --dist loadfile -m "not browser" "${@:2}"
}

step "Chromium"
tests/tools/install_chromium.sh
step "Lint and the import law"
tests/tools/lint.sh
step "Types"
.venv/bin/mypy
step "Django's own checks"
"$python" manage.py check
"$python" manage.py makemigrations --check --dry-run

step "PostgreSQL and Redis"
if missing=$("$python" -m tests.tools.services); then
    echo "Both answer."
elif [ "${REQUIRE_SERVICES:-}" = 1 ]; then
    echo "Required, but $missing" >&2
    exit 1
else
    export SKIPPED="everything on PostgreSQL with Redis: $missing"
    echo "skipped: $SKIPPED"
fi

if [ -z "${SKIPPED:-}" ]; then
    # Migrating takes one core a while: beside the same on SQLite.
    DATABASE_URL=$TEST_DATABASE_URL REDIS_URL=$TEST_REDIS_URL "$python" -m tests.tools.prepare_database &
fi
(
    export DATABASE_URL=sqlite://:memory: REDIS_URL=''
    unit_tests SQLite
    step "SQLite: browser tests"
    # Each of the two starts a product of its own: much of a walk is waiting.
    "$python" -m pytest -q -n 2 --dist loadfile tests/journeys
)
if [ -z "${SKIPPED:-}" ]; then
    # The walk goes beside the unit tests, with a Redis database of its own: pages are kept there. What each of
    # them says comes as a whole.
    export DATABASE_URL=$TEST_DATABASE_URL
    said=$(mktemp -d)
    REDIS_URL=${TEST_REDIS_URL%/*}/$((${TEST_REDIS_URL##*/} + 1)) \
        "$python" -m pytest -q tests/journeys -k "$walks" >"$said/walk" 2>&1 &
    walk=$!
    REDIS_URL=$TEST_REDIS_URL unit_tests "PostgreSQL with Redis" --with-database-only >"$said/unit" 2>&1 &
    unit=$!
    step "PostgreSQL with Redis: the walk"
    wait "$walk" || failed=1
    cat "$said/walk"
    tail -n +1 -f --pid="$unit" "$said/unit"
    wait "$unit" || failed=1
    rm -r "$said"
    exit "${failed:-0}"
fi
