from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class HomeConfig(AppConfig):
    default = True
    name = "home"
    verbose_name = "Inicio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import checks, receivers  # noqa: F401  (registers checks and signal receivers)


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app of users, by the rules of home/office_forms.py."""

    default = False
    user_viewset = "home.views.people.PeopleViewSet"
