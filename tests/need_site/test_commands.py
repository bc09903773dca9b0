from __future__ import annotations

import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from home.encryption import decrypt, encrypt
from need_site.management.commands import serve


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_serve_says_when_its_port_is_taken(settings, taken_port):
    settings.PORT = taken_port

    with pytest.raises(
        CommandError, match=rf"Port {taken_port} is taken .* make run PORT={taken_port + 100}"
    ):
        call_command("serve")


def test_serve_says_when_the_port_of_the_stand_in_is_taken(settings, taken_port):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.PORT = probe.getsockname()[1]
    settings.STANDIN_PORT = taken_port
    settings.MERCADOPAGO_STANDIN = True

    with pytest.raises(CommandError, match=rf"Port {taken_port} is taken .* stand-in"):
        call_command("serve")


@pytest.mark.parametrize("serves", [True, False])
def test_serve_starts_the_stand_in_only_where_it_serves(settings, serves):
    settings.MERCADOPAGO_STANDIN = serves

    assert ("The stand-in Mercado Pago" in serve._commands()) is serves


def test_new_encryption_key_is_one_that_encrypts(settings):
    out = StringIO()

    call_command("new_encryption_key", stdout=out)

    settings.FIELD_ENCRYPTION_KEYS = [out.getvalue().strip()]
    assert decrypt(encrypt("una carta")) == "una carta"


def test_build_assets_refuses_where_assets_are_served_unbuilt(settings):
    settings.BUILT_ASSETS = False

    with pytest.raises(CommandError, match="BUILT_ASSETS=1"):
        call_command("build_assets")
