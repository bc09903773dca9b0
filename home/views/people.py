"""The team in the back office: who works here and what each may do."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from home.actions.access import access_of, may_change_access, record_access_change
from home.models import User
from home.office_forms import NewPersonForm, PersonForm


class NewPersonView(CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> User:
        with transaction.atomic():
            person: User = super().save_instance()
            record_access_change(by=self.request.user, person=person, before=frozenset())
        return person


class PersonView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.editing_self and not may_change_access(by=request.user, person=self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> User:
        # Not of self.object: by now the form has laid its own values over it.
        before = access_of(User.objects.get(pk=self.object.pk))
        with transaction.atomic():
            person: User = super().save_instance()
            record_access_change(by=self.request.user, person=person, before=before)
        return person


class PeopleViewSet(UserViewSet):
    add_view_class = NewPersonView
    edit_view_class = PersonView
    # Makes a second account out of a first one's fields, by a form that knows nothing of the rules here.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return PersonForm if for_update else NewPersonForm


class _RecordedBulkAction:
    """The same rules for many people at once: never oneself, never a superuser, and all of it recorded."""

    request: Any

    def check_perm(self, person: User) -> bool:
        allowed: bool = super().check_perm(person)  # type: ignore[misc]
        return allowed and may_change_access(by=self.request.user, person=person)

    def form_valid(self, form: Any) -> HttpResponse:
        people, _ = self.get_actionable_objects()  # type: ignore[attr-defined]
        before = {person.pk: access_of(person) for person in people}
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            for person in User.objects.filter(pk__in=before):
                record_access_change(by=self.request.user, person=person, before=before[person.pk])
        return response


class AssignGroup(_RecordedBulkAction, AssignRoleBulkAction):
    pass


class OpenOrClose(_RecordedBulkAction, SetActiveStateBulkAction):
    pass
