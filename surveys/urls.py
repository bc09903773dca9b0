from django.urls import path

from surveys import views

app_name = "surveys"

urlpatterns = [
    path("encuestas/baja/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("encuestas/seguir/<str:choice>/", views.follow, name="follow"),
    path("encuestas/<str:token>/", views.answer, name="answer"),
    path("cuenta/evolucion/", views.evolution, name="evolution"),
    path("profesional/avisos/<int:notice_id>/", views.acknowledge, name="acknowledge_risk"),
]
