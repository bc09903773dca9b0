"""django-allauth's views at Spanish addresses, under the names that allauth itself looks up."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from home.views.second_factor import activate_application
from home.views.verification import send_again

urlpatterns = [
    path("registro/", views.signup, name="account_signup"),
    path("ingresar/", views.login, name="account_login"),
    path("salir/", views.logout, name="account_logout"),
    path("inactiva/", views.account_inactive, name="account_inactive"),
    path("confirmar-clave/", views.reauthenticate, name="account_reauthenticate"),
    path("correo/", views.email, name="account_email"),
    path(
        "verificar/",
        views.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("verificar/otra-vez/", send_again, name="account_send_verification_again"),
    re_path(
        r"^verificar/(?P<key>[-:\w]+)/$",
        views.confirm_email,
        name="account_confirm_email",
    ),
    path("clave/cambiar/", views.password_change, name="account_change_password"),
    path("clave/definir/", views.password_set, name="account_set_password"),
    path("clave/recuperar/", views.password_reset, name="account_reset_password"),
    path(
        "clave/recuperar/enviado/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "clave/recuperar/listo/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^clave/recuperar/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("seguridad/", second_factor.index, name="mfa_index"),
    path("seguridad/ingresar/", second_factor.authenticate, name="mfa_authenticate"),
    path("seguridad/confirmar/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("seguridad/aplicacion/activar/", activate_application, name="mfa_activate_totp"),
    path(
        "seguridad/aplicacion/desactivar/",
        totp.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path(
        "seguridad/codigos/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "seguridad/codigos/nuevos/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "seguridad/codigos/descargar/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
