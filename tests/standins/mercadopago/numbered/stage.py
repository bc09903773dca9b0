"""What a numbered failure is made of: one payment link, its payments, webhooks and planned answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.standins.mercadopago import pages, records, rules
from tests.standins.mercadopago.failures import Failure, Failures
from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.rules import ApiError
from tests.standins.mercadopago.service import Service
from tests.standins.mercadopago.webhooks import Notification


class Stage:
    """One link, and what can be done around it. Parameters are read from `wish` by name."""

    def __init__(self, service: Service, failures: Failures, wish: Document) -> None:
        self.service, self.courier, self.failures = service, service.courier, failures
        self._wish = wish

    def wish(self, name: str, default: Any) -> Any:
        return self._wish.get(name, default)

    def count(self, name: str, default: int) -> int:
        return int(self.wish(name, default))

    def amount(self, name: str, default: float) -> float:
        """Money of the link's currency."""
        amount: float = self.wish(name, default)
        rules.check_amount(amount, self.currency, name)
        return amount

    def choice(self, name: str, *choices: str) -> str:
        """One of the choices, the first unless another is wished for."""
        chosen = self.wish(name, choices[0])
        if chosen not in choices:
            raise ValueError(f"{name}: one of {', '.join(choices)}")
        return str(chosen)

    # The link

    @cached_property
    def link(self) -> Document:
        if self.wish("preference_id", None):
            return self.service.preference(self._wish["preference_id"])
        found = self.service.ledger.find("preference", reference=self.wish("external_reference", None))
        if not found:
            raise _not_yet("No payment link was asked for yet: go to the site and press pay.")
        return found[-1]

    @property
    def price(self) -> float:
        return records.total(self.link)

    @property
    def currency(self) -> str:
        return str(self.link["items"][0]["currency_id"])

    def part(self, share: float) -> float:
        """A part of the price that every currency has."""
        return round(self.price * share)

    def about(self) -> Document:
        """The link, if the failure is about one."""
        if "link" not in self.__dict__:
            return {}
        return {"preference_id": self.link["id"], "external_reference": self.link["external_reference"]}

    def return_url(self, payment: Document, where: str = "success") -> str:
        return pages.return_address(self.link, where, payment)

    # Payments

    def pay(
        self, *, status: str = "approved", method: str = "credit_card", told: bool = True, **changes: Any
    ) -> Document:
        """A payment that nobody is told of yet, and only then if it can be told, or is not to be."""
        if told:
            self._address(self.link["notification_url"])
        return self.service.begin_payment(
            self.link["id"], status=status, method=method, changes=changes, notify=False
        )

    def change(self, payment: Document, **changes: Any) -> Document:
        return self.service.change_payment(payment["id"], changes, notify=False)

    def newest(self, what: str, fits: Callable[[Document], bool]) -> Document:
        """The newest payment of the link that fits; ApiError when there is none."""
        made = self.service.ledger.find("payment", reference=self.link["external_reference"])
        fitting = [each for each in made if each["_preference_id"] == self.link["id"] and fits(each)]
        if not fitting:
            raise _not_yet(f"This link has no {what} payment yet.")
        return fitting[-1]

    def approved(self) -> Document:
        """The payment that is given back, disputed or suspected. It was made before: failure 1 makes one."""
        return self.newest("approved", lambda payment: payment["status"] == "approved")

    # Webhooks

    def notice(self, payment: Document, action: str = "payment.updated", **changes: Any) -> Notification:
        own = self.service.address_for(payment) if "_preference_id" in payment else None
        return self.courier.notice(action, payment, **{"url": self._address(own), **changes})

    def _address(self, own: str | None) -> str:
        address = own or self.courier.url
        if not address:
            raise _not_yet("No webhook address is set.")
        return address

    def tell(self, *notices: Notification) -> None:
        """Sends one after the other: the next when the one before was answered, or nobody answered."""
        for notice in notices:
            self.courier.send(notice)
            if notice.first:
                notice.first.result()

    def tell_at_once(self, notices: Iterable[Notification]) -> None:
        for notice in list(notices):
            self.courier.send(notice)

    def created(self, payment: Document, **changes: Any) -> Document:
        """Tells of a new payment, and gives it back."""
        self.tell(self.notice(payment, "payment.created", **changes))
        return payment

    # Answers of the API

    def plan(self, mode: str, match: str) -> None:
        """The next calls, as many as `times` says, fail."""
        self.failures.plan(Failure(self.count("times", 1), mode, match))


@dataclass(frozen=True)
class Case:
    """One of the thirty-four."""

    number: int
    does: str
    right: str
    parameters: dict[str, str]
    produce: Callable[[Stage], Document]


def adds_to(
    cases: dict[int, Case],
) -> Callable[..., Callable[[Callable[[Stage], Document]], Callable[[Stage], Document]]]:
    """A decorator that writes functions into a table: number, what happens, what is right, parameters."""

    def case(
        number: int, does: str, right: str, **parameters: str
    ) -> Callable[[Callable[[Stage], Document]], Callable[[Stage], Document]]:
        def add(produce: Callable[[Stage], Document]) -> Callable[[Stage], Document]:
            cases[number] = Case(number, does, right, parameters, produce)
            return produce

        return add

    return case


def paid(payment: Document, **more: Any) -> Document:
    return {"payment_id": payment["id"], "status": payment["status"], **more}


def _not_yet(message: str) -> ApiError:
    return ApiError(400, "bad_request", message)
