"""The stand-in as a process: it starts, keeps its state over a restart, and ends when told to."""

import json
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest

from tests.standins.fixtures import running

WISH = {
    "items": [{"title": "Orientación", "quantity": 1, "currency_id": "CLP", "unit_price": 15000}],
    "external_reference": "N-1",
}


def create(standin, token="any", key="k-1"):
    headers = {"Authorization": f"Bearer {token}", "x-idempotency-key": key}
    answer = standin.request("POST", "/checkout/preferences", json.dumps(WISH).encode(), headers)
    assert answer.status == HTTPStatus.CREATED
    return json.loads(answer.body)["id"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_cleanly(number):
    with running() as (process, standin):
        assert standin.request("GET", "/healthz").status == HTTPStatus.OK
        process.send_signal(number)
        assert process.wait(5) == 0


def test_signal_ends_it_while_a_planned_silence_lasts():
    with running() as (process, standin):
        standin.fail("timeout", seconds=60)
        silent = threading.Thread(target=_create_in_vain, args=(standin,))
        silent.start()
        assert standin.ledger()["preferences"] == []  # others are still answered
        process.terminate()
        assert process.wait(5) == 0
        silent.join(5)
        assert not silent.is_alive()


def _create_in_vain(standin):
    with suppress(OSError):
        create(standin)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_state_file_survives_a_restart(tmp_path, end):
    arguments = ("--state-file", str(tmp_path / "mercadopago.sqlite3"))
    with running(*arguments) as (process, standin):
        preference_id = create(standin)
        payment = standin.create_payment(preference_id)
        process.send_signal(end)
        process.wait(5)
    with running(*arguments) as (_, standin):
        assert [kept["id"] for kept in standin.ledger("N-1")["payments"]] == [payment["id"]]
        assert create(standin) == preference_id
        assert standin.create_payment(preference_id)["id"] > payment["id"]


@pytest.mark.parametrize(("token", "live"), [("TEST-abc", False), ("APP_USR-abc", True)])
def test_live_mode_follows_the_credentials(token, live):
    with running() as (_, standin):
        payment = standin.create_payment(create(standin, token))
    assert payment["live_mode"] is live


def test_taken_port_gets_a_clear_message(mercadopago_process):
    port = str(urlsplit(mercadopago_process).port)
    command = [sys.executable, "-m", "tests.standins.mercadopago", "--port", port]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    assert ended.returncode == 1
    assert f"Port {port} cannot be used" in ended.stderr
    assert "Traceback" not in ended.stderr
