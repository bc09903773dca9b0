"""Need's settings as in production, but for what production refuses: a stand-in takes the payments."""

import os

from need_site.settings import *  # noqa: F403
from need_site.settings import CACHES, SILENCED_SYSTEM_CHECKS

SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "need.E001"]
MERCADOPAGO_API_URL = os.environ["BENCHMARK_STANDIN_URL"]
# Nobody else's keys on a Redis that others use too.
CACHES["default"]["KEY_PREFIX"] = os.environ["BENCHMARK_CACHE_PREFIX"]
