from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Consultas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lend the rooms before what they cannot import: the reader of letters, the health of payments."""
        from casestudies.danger import register_assessor
        from consultations import receivers, structured_data  # noqa: F401  (register themselves)
        from home.health import register_part

        register_assessor(_speaks_of_danger)
        register_part("payments", _payments_are_well)


def _speaks_of_danger(text: str) -> bool:
    from consultations.risk import assess

    return assess(text).flag


def _payments_are_well() -> bool:
    from consultations.actions.health import payments_are_well

    return payments_are_well()
