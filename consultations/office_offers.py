"""The back-office lists of discounts and gifts. Discounts are edited by administrators and never deleted:
orders that used one say so. Of a gift nobody reads the code there, nor who redeemed it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import modeladmin_register

from consultations import wording
from consultations.actions.gift_states import state_now, with_gift_money
from consultations.enums import CURRENCIES_WITHOUT_DECIMALS, DiscountKind, Money
from consultations.models import Discount, Gift, Order
from consultations.offers import normal_code
from home.models import User
from home.view_only import OfficeList, ViewOnly

SHORTEST_CODE = 4
NO_DATE = {"invalid": "Escribe una fecha y su hora, por ejemplo 2026-12-31 18:00."}
NO_COUNT = dict.fromkeys(("invalid", "min_value", "max_value"), "Escribe un número entero, desde 0.")
# The library's own say "usted", and write decimals with a point.
MESSAGES: dict[str, dict[str, str]] = {
    "valid_from": NO_DATE,
    "valid_until": NO_DATE,
    "most_uses": NO_COUNT,
    "most_uses_each": NO_COUNT,
    "value": {
        "required": "Escribe cuánto se descuenta.",
        "invalid": "Escribe un número.",
        "min_value": "Escribe un número desde 0,01.",
        "max_decimal_places": "Escribe como mucho dos decimales.",
        "max_digits": "Ese número es demasiado largo.",
        "max_whole_digits": "Ese número es demasiado largo.",
    },
}
_WITH_MONEY = Prefetch("order", with_gift_money(Order.objects.all()))


class MomentInput(AdminDateTimeInput):
    """Leaves what was typed as it was typed. The library's own puts the present moment in place of what is
    no date, as soon as the field is left: a discount "until tomorrow" would be over when it is saved."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}


class DiscountForm(WagtailAdminModelForm):
    """A discount. Who it is for is named by e-mail: a list of everybody would be nobody's business."""

    client_email = forms.EmailField(
        label="O para una sola persona: su correo",
        help_text="Lo ve esa persona al elegir su orientación, sin escribir nada. Nadie más sabe que existe.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, messages in MESSAGES.items():
            self.fields[name].error_messages.update(messages)
        if self.instance.client is not None:
            self.initial["client_email"] = self.instance.client.email

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        code = normal_code(typed)
        if typed and len(code) < SHORTEST_CODE:
            raise forms.ValidationError(f"Escribe al menos {SHORTEST_CODE} letras o números.")
        if code and Discount.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Ya existe un descuento con ese código.")
        return code

    def clean_client_email(self) -> User | None:
        email = self.cleaned_data["client_email"]
        if not email:
            return None
        found = User.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise forms.ValidationError("No hay una cuenta con ese correo.")
        return found

    def clean(self) -> dict[str, Any]:
        wish: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_whom(wish)
        self._check_how_much(wish)
        start, end = wish.get("valid_from"), wish.get("valid_until")
        if start and end and end <= start:
            self.add_error("valid_until", "Tiene que ser después del comienzo.")
        self.instance.client = wish.get("client_email")
        return wish

    def _check_whom(self, wish: dict[str, Any]) -> None:
        if "code" in self.errors or "client_email" in self.errors:
            return
        if bool(wish.get("code")) == bool(wish.get("client_email")):
            self.add_error("code", "Escribe un código o el correo de una persona: uno de los dos.")

    def _check_how_much(self, wish: dict[str, Any]) -> None:
        value, currency = wish.get("value"), wish.get("currency")
        if value is None:
            return
        if wish.get("kind") == DiscountKind.PERCENT:
            if value > 100:
                self.add_error("value", "Un porcentaje llega hasta 100.")
        elif not currency:
            self.add_error("currency", "Un monto fijo necesita una moneda.")
        elif currency in CURRENCIES_WITHOUT_DECIMALS and value != value.to_integral_value():
            self.add_error("value", "Esta moneda no tiene decimales.")


class DiscountPermissions(PermissionHelper):
    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


@modeladmin_register
class DiscountAdmin(OfficeList):
    model = Discount
    menu_label = "Descuentos"
    menu_icon = "tag"
    menu_order = 312
    base_url_path = "descuentos"
    permission_helper_class = DiscountPermissions
    list_display = ("whom", "how_much", "paid_uses", "open_uses", "valid_until", "state")
    list_filter = ("active", "kind")
    search_fields = ("code", "note")
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("code"), FieldPanel("client_email")], heading="Para quién"),
            MultiFieldPanel(
                [FieldPanel("kind"), FieldPanel("value"), FieldPanel("currency")], heading="Cuánto"
            ),
            FieldPanel(
                "services",
                widget=forms.CheckboxSelectMultiple,
                help_text="Sin marcar ninguno, vale para todos.",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("valid_from", widget=MomentInput),
                    FieldPanel("valid_until", widget=MomentInput),
                ],
                heading="Cuándo",
            ),
            MultiFieldPanel([FieldPanel("most_uses"), FieldPanel("most_uses_each")], heading="Cuántas veces"),
            FieldPanel("active"),
            FieldPanel("note"),
        ],
        base_form_class=DiscountForm,
    )

    def whom(self, discount: Discount) -> str:
        return discount.code or (discount.client.pseudonym if discount.client else "Nadie ya")

    def how_much(self, discount: Discount) -> str:
        if discount.kind == DiscountKind.PERCENT:
            return f"{discount.value.normalize():f} %".replace(".", ",")
        return wording.price(discount.value, discount.currency)

    def paid_uses(self, discount: Any) -> int:
        return int(discount.paid_uses)

    def open_uses(self, discount: Any) -> int:
        return int(discount.open_uses)

    def state(self, discount: Discount) -> str:
        """In words: the icon of a yes or no belongs to Django's own admin, which is not installed."""
        return "Activo" if discount.active else "Apagado"

    whom.short_description = "Código o persona"  # type: ignore[attr-defined]
    how_much.short_description = "Cuánto"  # type: ignore[attr-defined]
    paid_uses.short_description = "Usos pagados"  # type: ignore[attr-defined]
    open_uses.short_description = "Por pagar"  # type: ignore[attr-defined]
    state.short_description = "Estado"  # type: ignore[attr-defined]
    state.admin_order_field = "active"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Discount]:
        payable = Q(orders__expires_at__gt=timezone.now()) | Q(orders__money=Money.PENDING)
        unpaid = Q(orders__paid_at=None) & payable
        return (
            super()
            .get_queryset(request)
            .select_related("client")
            .annotate(
                paid_uses=Count("orders", filter=Q(orders__paid_at__isnull=False), distinct=True),
                open_uses=Count("orders", filter=unpaid, distinct=True),
            )
        )


@modeladmin_register
class GiftAdmin(OfficeList):
    """Gifts are made by paying and end by themselves: here they are looked at."""

    model = Gift
    menu_label = "Regalos"
    menu_icon = "pick"
    menu_order = 314
    base_url_path = "regalos"
    permission_helper_class = ViewOnly
    list_display = ("reference", "state", "created_at", "expires_at")
    list_per_page = 50

    def reference(self, gift: Gift) -> str:
        return gift.order.reference

    def state(self, gift: Gift) -> str:
        return str(state_now(gift, gift.order, timezone.now()).label)

    reference.short_description = "Orden"  # type: ignore[attr-defined]
    state.short_description = "Estado"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gift]:
        return super().get_queryset(request).defer("code").prefetch_related(_WITH_MONEY)
