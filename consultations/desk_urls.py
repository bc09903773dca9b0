from django.urls import path

from consultations.views import break_glass, case_drafts, desk, desk_letters, note

urlpatterns = [
    path("profesional/", desk.desk, name="desk"),
    path("profesional/<uuid:pk>/", desk.detail, name="desk_detail"),
    path("profesional/<uuid:pk>/tomar/", desk.take, name="desk_take"),
    path("profesional/<uuid:pk>/devolver/", desk.release, name="desk_release"),
    path("profesional/<uuid:pk>/borrador/", desk_letters.draft, name="desk_draft"),
    path("profesional/<uuid:pk>/responder/", desk_letters.answer, name="desk_answer"),
    path("profesional/<uuid:pk>/mensaje/", note.note, name="desk_note"),
    path("profesional/<uuid:pk>/caso/", case_drafts.prepare, name="desk_case"),
    path("profesional/<uuid:pk>/acceso/", break_glass.break_glass, name="break_glass"),
]
