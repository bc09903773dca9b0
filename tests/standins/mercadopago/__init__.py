"""A stand-in Mercado Pago: the API Checkout Pro needs, a payment page and signed webhooks.

It speaks like the official API (paths, shapes, error bodies), charges nothing, and can be told to misbehave
from `/__control__/` addresses. See `python -m tests.standins.mercadopago --help`. Standard library only.

    ledger    what is remembered, in SQLite or in memory
    records   the shapes of preferences, payments, refunds and merchant orders
    rules     what the API refuses, with the bodies it refuses with
    service   what can happen: a preference, a payment, a change, a refund
    webhooks  signing and delivering notifications
    api       the official addresses
    pages     the payment page people see
    control   the addresses that make things happen, or fail
    numbered  the thirty-four failures of docs/payments.md, one call each
    server    HTTP
"""
