"""A second Mercado Pago to test against, written from its documentation alone and not from our stand-in.

The stand-in (`tests.standins.mercadopago`) has one manner of answering, and code may come to lean on it
without anybody noticing. This one keeps to the same reference and does everything differently that the
reference leaves open, in three manners (`habits`):

    with OtherMercadoPago(seed=1) as other:
        other.url                                   # for MERCADOPAGO_API_URL
        payment_id = other.books.pay(preference_id)
        other.notifications.of_payment(payment_id)  # the requests it would send to the webhook
"""
