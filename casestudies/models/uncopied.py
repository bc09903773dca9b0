"""A page that exists once: no copy, no alias, no translation of it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.models import PagePermissionTester


class CopyRefused(ValidationError):
    """A case is not copied, by whichever route; the message says why, in Spanish."""

    reason = (
        "Un caso no se copia, ni como alias ni como traducción: la copia no llevaría el consentimiento de la "
        "persona, y seguiría en el sitio si la persona lo retira."
    )

    def __init__(self, page_id: int | None) -> None:
        super().__init__({NON_FIELD_ERRORS: [self.reason]})
        self.page_id = page_id


class UncopiedPagePermissionTester(PagePermissionTester):
    """Wagtail offers "Copiar" in its menus to whoever may copy: here nobody."""

    def can_copy(self) -> bool:
        return False


class UncopiedPageMixin:
    """Consent, decisions and withdrawal hang on one page: a second one with its text would escape them."""

    pk: Any

    def permissions_for_user(self, user: Any) -> UncopiedPagePermissionTester:
        return UncopiedPagePermissionTester(user, self)

    def copy_all_child_relations(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Wagtail copies, aliases and translates through this, before it saves anything of the new page."""
        raise CopyRefused(self.pk)
