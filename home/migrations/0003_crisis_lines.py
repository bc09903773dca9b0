"""The crisis lines Need starts with. Numbers are facts with a source; editors keep them from here on."""

import datetime

from django.db import migrations

CHECKED_ON = datetime.date(2026, 11, 1)
LINES = [
    (
        "CL",
        "Línea de prevención del suicidio",
        "*4141",
        "gratis, las 24 horas",
        "Ministerio de Salud de Chile",
    ),
    ("CL", "Salud Responde", "600 360 7777", "las 24 horas", "Ministerio de Salud de Chile"),
    ("CL", "SAMU, ambulancia", "131", "emergencias", "Ministerio de Salud de Chile"),
    ("PE", "Línea 113", "113, opción 5", "gratis, las 24 horas", "Ministerio de Salud del Perú"),
    ("PE", "SAMU, ambulancia", "106", "emergencias", "Ministerio de Salud del Perú"),
    ("MX", "Línea de la Vida", "800 911 2000", "gratis, las 24 horas", "Gobierno de México"),
    ("MX", "Emergencias", "911", "las 24 horas", "Gobierno de México"),
    ("ES", "Línea 024", "024", "gratis, las 24 horas", "Ministerio de Sanidad de España"),
    ("ES", "Emergencias", "112", "las 24 horas", "Ministerio de Sanidad de España"),
    ("AR", "Línea de salud mental", "0800-999-0091", "gratis, las 24 horas", "Gobierno de Argentina"),
    (
        "AR",
        "Centro de Asistencia al Suicida",
        "135",
        "Buenos Aires y alrededores",
        "Centro de Asistencia al Suicida",
    ),
    ("UY", "Línea de prevención del suicidio", "0800 0767, *0767", "las 24 horas", "ASSE Uruguay"),
    ("UY", "Emergencias", "911", "las 24 horas", "Gobierno de Uruguay"),
    ("CO", "Línea 106", "106", "Bogotá, las 24 horas", "Secretaría Distrital de Salud de Bogotá"),
    ("CO", "Emergencias", "123", "las 24 horas", "Gobierno de Colombia"),
]


def add_lines(apps, schema_editor):
    crisis_line = apps.get_model("home", "CrisisLine")
    for order, (country, name, number, hours, source) in enumerate(LINES):
        crisis_line.objects.get_or_create(
            country=country,
            number=number,
            defaults={
                "name": name,
                "hours": hours,
                "source": source,
                "checked_on": CHECKED_ON,
                "sort_order": order,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("home", "0002_pages_and_touchpoints")]
    operations = [migrations.RunPython(add_lines, migrations.RunPython.noop)]
