"""What the lists of the back office have in common, and those that are read and never edited by hand."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import label_for_field
from django.utils.text import capfirst
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin


class OfficeList(ModelAdmin):
    """A list of the back office.

    The library's page with the history of a row asks for no permission: it would show the row's name, which
    may be a discount's code, to everybody who may enter the office. What was changed stands in the site's
    own log.
    """

    history_view_enabled = False
    # Where the page of one row leads back to, after "Volver a".
    back_to = "la lista"

    def get_extra_attrs_for_field_col(self, obj: Any, field_name: str) -> dict[str, str]:
        """The column's name in each cell: a phone shows a row as a card, without the table's head."""
        return {"data-label": capfirst(str(label_for_field(field_name, self.model, self)))}


class ViewOnly(PermissionHelper):
    """Whoever may view the model may list and inspect it; nobody changes anything here by hand."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(f"{self.opts.app_label}.view_{self.opts.model_name}"))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False
