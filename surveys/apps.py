from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "Seguimiento"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from surveys.receivers import subscribe_to_consents, subscribe_to_consultations

        subscribe_to_consultations()
        subscribe_to_consents()
