from django.apps import AppConfig
from wagtail.admin.apps import WagtailAdminAppConfig
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


class OfficeConfig(WagtailAdminAppConfig):
    """Wagtail's back office without its e-mails about workflows: they quote titles of drafts and remarks.

    Who sends pages to review is told by casestudies/receivers.py, in words that say nothing.
    """

    default = False

    def ready(self) -> None:
        super().ready()
        from wagtail import signals
        from wagtail.models import TaskState, WorkflowState

        for signal, sender, name in (
            (signals.task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
            (signals.workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
            (signals.workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
            (signals.workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
        ):
            signal.disconnect(sender=sender, dispatch_uid=name)
