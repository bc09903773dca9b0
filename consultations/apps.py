from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Consultas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lend the reader of letters to the room before, for its comments and its search box."""
        from casestudies.danger import register_assessor
        from consultations import receivers, structured_data  # noqa: F401  (register themselves)

        register_assessor(_speaks_of_danger)


def _speaks_of_danger(text: str) -> bool:
    from consultations.risk import assess

    return assess(text).flag
