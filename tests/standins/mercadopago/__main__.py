"""Runs the stand-in: `python -m tests.standins.mercadopago --port 8001 --webhook-url URL`.

Prints one line with its address when it is ready. SIGTERM and Ctrl-C end it with status 0.
"""

import argparse
import signal
import sys
import threading
from ipaddress import ip_address

from tests.standins.mercadopago.ledger import Ledger
from tests.standins.mercadopago.records import Account
from tests.standins.mercadopago.rules import SITES
from tests.standins.mercadopago.server import StandinServer
from tests.standins.mercadopago.service import Service
from tests.standins.mercadopago.webhooks import Courier


def main() -> int:
    options = _options()
    try:
        server = StandinServer((options.host, options.port))
    except OSError as error:
        print(
            f"Port {options.port} cannot be used ({error.strerror}); choose one with --port.",
            file=sys.stderr,
        )
        return 1
    url = (options.public_url or f"http://{options.host}:{server.server_port}").rstrip("/")
    _stop_on_signals(server)
    print(f"Stand-in Mercado Pago on {url}", flush=True)
    _serve(server, options, url)
    return 0


def _serve(server: StandinServer, options: argparse.Namespace, url: str) -> None:
    account = Account(url, options.site, options.collector_id)
    # The site may hold several, newest first.
    secret, *older = (each.strip() for each in options.webhook_secret.split(","))
    courier = Courier(
        url=options.webhook_url, secret=secret, older_secrets=older, user_id=account.collector_id
    )
    ledger = Ledger(options.state_file or ":memory:")
    try:
        server.serve(Service(account, ledger, courier), options.access_token)
    finally:
        courier.stop()
        server.server_close()
        ledger.close()


def _stop_on_signals(server: StandinServer) -> None:
    def stop(*_: object) -> None:
        server.stopping.set()
        # `shutdown` waits for the serving loop, which is what this signal interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.standins.mercadopago",
        description="A stand-in Mercado Pago that charges nothing.",
    )
    parser.add_argument("--host", default="127.0.0.1", type=_loopback, help="a loopback address")
    parser.add_argument("--port", type=int, default=8001, help="0 takes a free one")
    parser.add_argument("--public-url", help="address under which browsers reach it")
    parser.add_argument("--webhook-url", help="where notifications go; none without it")
    parser.add_argument("--webhook-secret", default="standin-webhook-secret")
    parser.add_argument("--access-token", help="the only token accepted; any without it")
    parser.add_argument("--state-file", help="SQLite file that keeps everything; memory without it")
    parser.add_argument("--site", default="MLC", choices=sorted(SITES), help="country")
    parser.add_argument("--collector-id", type=int, default=2_400_000_001)
    return parser.parse_args()


def _loopback(host: str) -> str:
    """Whoever reaches the stand-in may make payments and failures: no other machine does."""
    if not ip_address(host).is_loopback:
        raise ValueError(host)
    return host


if __name__ == "__main__":
    sys.exit(main())
