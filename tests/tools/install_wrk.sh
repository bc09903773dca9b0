#!/usr/bin/env bash
# Finds wrk, which loads the benchmarks, or installs Debian's package, and says where it is. WRK names one of your own.
set -euo pipefail

find_wrk() { command -v "${WRK:-wrk}"; }

if find_wrk; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing wrk with apt-get."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wrk >/dev/null
fi
find_wrk || {
    echo "There is no wrk, and it could not be installed. Install it (on Debian: the package wrk), or set WRK to its path." >&2
    exit 1
}
