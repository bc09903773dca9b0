from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "casestudies"
    verbose_name = "Casos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casestudies import receivers, structured_data  # noqa: F401  (register themselves)
        from casestudies.panels import add_anonymiser_to_cases, add_topics_to_posts

        # Here and not on the models: what panels show is worked out in layers above them.
        add_anonymiser_to_cases()
        add_topics_to_posts()
