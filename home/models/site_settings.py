from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.enums import Country
from home.personal_data import PersonalFields


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """What the team changes without a programmer. Texts that publish are not here: they are pages."""

    personal_fields: ClassVar[PersonalFields] = {}

    default_country = models.CharField(
        "país por defecto",
        max_length=2,
        choices=Country,
        default=Country.CHILE,
        help_text="De qué país son las líneas de ayuda que ve quien no ha dicho el suyo.",
    )
    exit_url = models.URLField(
        "sitio de la salida rápida",
        default="https://www.google.com/search?q=clima",
        help_text="Un sitio neutro y conocido, al que lleva el botón «Salir rápido».",
    )
    contact_email = models.EmailField("correo de contacto", default="hola@need.example")
    retention_months = models.PositiveSmallIntegerField(
        "meses que se guarda una consulta cerrada",
        default=24,
        help_text="La persona ve este plazo en su cuenta.",
    )

    panels: ClassVar = [
        FieldPanel("default_country"),
        FieldPanel("exit_url"),
        FieldPanel("contact_email"),
        FieldPanel("retention_months"),
    ]

    class Meta:
        verbose_name = "ajustes del sitio"
