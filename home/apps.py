from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Inicio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import checks, receivers  # noqa: F401  (registers checks and signal receivers)
