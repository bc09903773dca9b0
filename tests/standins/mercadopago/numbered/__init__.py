"""The thirty-four failures of docs/payments.md by number: each one call away.

GET  /__control__/failures        what each does, what is right then, and its parameters
POST /__control__/failures/NUMBER  produces it: all that Mercado Pago, the network or the buyer does in it

stage      the payment link it is about, and what every failure is made of
webhooks   what goes wrong with notifications
answers    what goes wrong with the API's answers
payments   what becomes of money
links      payment links, and buyers who come back
"""

from collections.abc import Mapping
from typing import Any

from tests.standins.mercadopago.failures import Failures
from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.numbered import answers, links, payments, webhooks
from tests.standins.mercadopago.numbered.stage import Case, Stage
from tests.standins.mercadopago.service import Service

CASES: Mapping[int, Case] = dict(
    sorted((webhooks.CASES | answers.CASES | payments.CASES | links.CASES).items())
)
LINK = {
    "preference_id": "the payment link it happens to",
    "external_reference": "or the order, by its newest link; without either, the newest link of all",
}


def listed() -> Document:
    """Every failure: its number, address, what happens, what is right then, and what may be said about it."""
    return {"of_each": LINK, "failures": [_told(case) for case in CASES.values()]}


def produce(number: int, wish: Document, service: Service, failures: Failures) -> Document:
    """Makes one happen and tells what was done, once every webhook it sent was answered for the first time.

    ValueError for parameters that it does not take.
    """
    case = CASES[number]
    unknown = set(wish) - set(case.parameters) - set(LINK)
    if unknown:
        raise ValueError(f"failure {number} takes {', '.join([*LINK, *case.parameters])}")
    stage, before = Stage(service, failures, wish), service.courier.next_number()
    made = case.produce(stage)
    return {
        "number": number,
        "does": case.does,
        "right": case.right,
        **made,
        **stage.about(),
        "webhooks": [_delivery(each) for each in service.courier.since(before)],
    }


def _told(case: Case) -> Document:
    address = f"/__control__/failures/{case.number}"
    return {
        "number": case.number,
        "address": address,
        "does": case.does,
        "right": case.right,
        "parameters": case.parameters,
    }


def _delivery(sent: Any) -> Document:
    answer = sent.answers[0] if sent.answers else None
    return {"data_id": sent.data_id, "type": sent.topic, "action": sent.action, "answer": answer}
