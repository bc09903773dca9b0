"""What search engines are told of the orientation: the services with their prices, and no ratings."""

from __future__ import annotations

from consultations.models import OrientationPage, Service
from home.structured_data import (
    Context,
    Node,
    absolute,
    breadcrumbs,
    describes,
    node,
    organization,
    trail_of,
    web_page,
)


@describes(OrientationPage)
def orientation_page(page: OrientationPage, context: Context) -> list[Node]:
    address = absolute(page.url)
    services = [_service(each, address) for each in context.get("services", ())]
    about = [{"@id": service["@id"]} for service in services]
    return [web_page(page, about=about), *services, breadcrumbs(trail_of(page))]


def _service(service: Service, address: str) -> Node:
    offer = node(
        "Offer",
        price=f"{service.price.normalize():f}",
        priceCurrency=service.currency,
        availability="https://schema.org/InStock",
        url=address,
    )
    return node(
        "Service",
        id_=f"{address}#{service.slug}",
        name=service.name,
        description=service.summary,
        serviceType="Orientación psicológica por escrito",
        provider=organization(),
        url=address,
        offers=offer,
    )
