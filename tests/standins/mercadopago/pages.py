"""The payment page people see, in Spanish. It needs no JavaScript and always says that it is a demo."""

from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.standins.mercadopago import records
from tests.standins.mercadopago.api import Request
from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.rules import ApiError
from tests.standins.mercadopago.service import Service

STYLE = Path(__file__).with_name("checkout.css").read_bytes()

# Outcome chosen on the page: payment status, payment type, which of the back_urls.
_OUTCOMES = {
    "approve": ("approved", "credit_card", "success"),
    "reject": ("rejected", "credit_card", "failure"),
    "pending": ("pending", "ticket", "pending"),
}


@dataclass
class Page:
    """An HTTP answer for a person."""

    status: int
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def show(service: Service, request: Request) -> Page:
    """The payment page of a preference."""
    try:
        preference = service.preference(request.query.get("pref_id", ""))
    except ApiError:
        return _message("Este enlace de pago no existe", "Vuelve al sitio e inicia el pago otra vez.", 404)
    if records.is_expired(preference):
        return _expired(preference)
    if preference.get("_detour") and "via" not in request.query:
        return Page(HTTPStatus.FOUND, headers={"Location": preference["_detour"]})
    return page(
        _title(preference), _choices(preference, str(service.ledger.next_id())), preference=preference
    )


def choose(service: Service, request: Request) -> Page:
    """What the person chose: begins the payment and sends them back to the shop."""
    form = {name: values[-1] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
    try:
        preference = service.preference(form.get("pref_id", ""))
    except ApiError:
        return _message("Este enlace de pago no existe", "Vuelve al sitio e inicia el pago otra vez.", 404)
    if form.get("outcome") == "leave":
        return _back(preference, "failure", None)
    if form.get("outcome") not in _OUTCOMES:
        return _message("Elige una de las opciones", "Vuelve a la página anterior.", 400)
    if records.is_expired(preference):
        return _expired(preference)
    status, method, where = _OUTCOMES[form["outcome"]]
    return _back(preference, where, _pay_once(service, preference, form.get("attempt"), status, method))


def _pay_once(
    service: Service, preference: Document, attempt: str | None, status: str, method: str
) -> Document:
    """One payment for one view of the page, however often its button is pressed."""
    name = f"/checkout/pay {preference['id']} {attempt}"
    with service.ledger.transaction():
        known = service.ledger.answer_to(name) if attempt else None
        if known:
            return service.payment(known[1])
        payment = service.begin_payment(preference["id"], status=status, method=method)
        if attempt:
            service.ledger.remember_answer(name, HTTPStatus.SEE_OTHER, payment["id"])
    return payment


def return_parameters(preference: Document, payment: Document | None) -> dict[str, str]:
    """What the shop's address is given on return. Whoever leaves without paying brings the literal `null`."""
    seen = payment or {}
    key = str(seen.get("id", "null"))
    return {
        "collection_id": key,
        "collection_status": seen.get("status", "null"),
        "payment_id": key,
        "status": seen.get("status", "null"),
        "external_reference": preference["external_reference"] or "null",
        "payment_type": seen.get("payment_type_id", "null"),
        "merchant_order_id": seen["order"]["id"] if seen else "null",
        "preference_id": preference["id"],
        "site_id": preference["site_id"],
        "processing_mode": "aggregator",
        "merchant_account_id": "null",
    }


def return_address(preference: Document, where: str, payment: Document | None) -> str:
    """Where the buyer is sent to: one of the shop's `back_urls`, or nowhere where it named none."""
    address = preference["back_urls"].get(where) or ""
    separator = "&" if urlsplit(address).query else "?"
    return address and f"{address}{separator}{urlencode(return_parameters(preference, payment))}"


def _back(preference: Document, where: str, payment: Document | None) -> Page:
    location = return_address(preference, where, payment)
    if not location:
        return _message("Listo", "Esta tienda no indicó a dónde volver. Puedes cerrar esta página.", 200)
    return Page(HTTPStatus.SEE_OTHER, headers={"Location": location})


def _expired(preference: Document) -> Page:
    button = _form(preference["id"], "", [_button("leave", "Volver al sitio", "main")])
    text = '<h1>Este enlace de pago venció</h1><p class="lead">No se hizo ningún cobro.</p>'
    return page("Este enlace de pago venció", text + button, preference=preference, status=410)


def _message(title: str, text: str, status: int) -> Page:
    return page(title, f'<h1>{escape(title)}</h1><p class="lead">{escape(text)}</p>', status=status)


def _title(preference: Document) -> str:
    return f"Pagar {money(records.total(preference), preference['items'][0]['currency_id'])}"


def _choices(preference: Document, attempt: str) -> str:
    currency = preference["items"][0]["currency_id"]
    amount = money(records.total(preference), currency)
    lines = "".join(
        _line(item["title"], money(item["unit_price"] * item["quantity"], currency))
        for item in preference["items"]
    )
    buttons = [
        _button("approve", f"Pagar {amount}", "main", "Tarjeta de prueba, el pago se aprueba."),
        _button("pending", "Pagar en efectivo", "", "Da un cupón: el pago queda pendiente."),
        _button(
            "reject", "Pagar con una tarjeta sin fondos", "", "El pago se rechaza por fondos insuficientes."
        ),
        _button("leave", "Volver sin pagar", "quiet"),
    ]
    return (
        f'<h1>Tu pago</h1><dl class="bill">{lines}{_line("Total", amount, "total")}</dl>'
        f"<h2>¿Qué quieres probar?</h2>{_form(preference['id'], attempt, buttons)}"
    )


def _line(name: str, amount: str, style: str = "item") -> str:
    return f'<div class="{style}"><dt>{escape(name)}</dt><dd>{amount}</dd></div>'


def _form(preference_id: str, attempt: str, buttons: list[str]) -> str:
    hidden = (
        f'<input type="hidden" name="pref_id" value="{escape(preference_id)}">'
        f'<input type="hidden" name="attempt" value="{escape(attempt)}">'
    )
    return f'<form method="post" action="/checkout/pay">{hidden}{"".join(buttons)}</form>'


def _button(outcome: str, label: str, style: str, hint: str = "") -> str:
    described = f' aria-describedby="hint-{outcome}"' if hint else ""
    note = f'<p id="hint-{outcome}" class="hint">{escape(hint)}</p>' if hint else ""
    kind = f' class="{style}"' if style else ""
    button = f'<button name="outcome" value="{outcome}"{kind}{described}>{label}</button>'
    return f'<div class="choice">{button}{note}</div>'


def money(amount: float, currency: str) -> str:
    """`$ 15.000 CLP`, `$ 1.234,50 ARS`: points for thousands, a comma for cents."""
    text = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return f"$\u00a0{text.translate(str.maketrans(',.', '.,'))}\u00a0{escape(currency)}"


def page(title: str, content: str, *, preference: Document | None = None, status: int = 200) -> Page:
    """A whole page around `content`, with a content policy that lets its form return to the shop."""
    html = f"""<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)} · Mercado Pago de demostración</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/checkout/checkout.css">
</head>
<body>
<header><p><strong>Mercado Pago de demostración</strong>: no se cobra nada</p></header>
<main>{content}</main>
<footer>
<p>Esta página imita la de Mercado Pago para probar el sitio. No pide ni guarda datos de tarjetas.</p>
<p><a href="/__control__/">Pagos pendientes de esta demostración</a></p>
</footer>
</body>
</html>
"""
    return Page(status, html, {"Content-Security-Policy": _policy(preference)})


def _policy(preference: Document | None) -> str:
    """Browsers apply `form-action` to the redirect after a form too: the shop's own origins are in it."""
    addresses = [urlsplit(url) for url in (preference["back_urls"].values() if preference else ()) if url]
    origins = sorted({f"{parts.scheme}://{parts.netloc}" for parts in addresses})
    return (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
        + " ".join(["form-action 'self'", *origins])
    )
