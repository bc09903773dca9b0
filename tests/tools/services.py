"""Tells whether PostgreSQL and Redis answer: exit status 0, or 1 and the reason on standard output."""

from __future__ import annotations

import os
import sys

import psycopg
import redis

SECONDS = 3


def reason_to_skip(database_url: str, redis_url: str) -> str:
    """Why tests cannot use these services; empty when they can. Names no password."""
    try:
        psycopg.connect(database_url, connect_timeout=SECONDS).close()
    except psycopg.Error as error:
        return f"PostgreSQL does not answer at TEST_DATABASE_URL ({type(error).__name__})"
    try:
        redis.Redis.from_url(redis_url, socket_connect_timeout=SECONDS).ping()
    except (redis.RedisError, OSError) as error:
        return f"Redis does not answer at TEST_REDIS_URL ({type(error).__name__})"
    return ""


if __name__ == "__main__":
    reason = reason_to_skip(os.environ["TEST_DATABASE_URL"], os.environ["TEST_REDIS_URL"])
    print(reason)
    sys.exit(bool(reason))
