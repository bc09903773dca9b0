"""Values that several rooms share: countries, age bands, the journey's phases, channels, consents."""

from django.db import models


class Country(models.TextChoices):
    CHILE = "CL", "Chile"
    ARGENTINA = "AR", "Argentina"
    COLOMBIA = "CO", "Colombia"
    SPAIN = "ES", "España"
    MEXICO = "MX", "México"
    PERU = "PE", "Perú"
    URUGUAY = "UY", "Uruguay"


class AgeBand(models.TextChoices):
    FROM_18 = "18-24", "18 a 24 años"
    FROM_25 = "25-34", "25 a 34 años"
    FROM_35 = "35-44", "35 a 44 años"
    FROM_45 = "45-54", "45 a 54 años"
    FROM_55 = "55-64", "55 a 64 años"
    FROM_65 = "65+", "65 años o más"


class Phase(models.TextChoices):
    """The four phases of the customer journey, in order."""

    NEED = "need", "Necesidad"
    RESEARCH = "research", "Investigación"
    ACQUISITION = "acquisition", "Adquisición"
    ACCOMPANIMENT = "accompaniment", "Orientación y seguimiento"


class Channel(models.TextChoices):
    """Where a visit came from. Internal moves keep no channel."""

    CIRCLE = "circle", "Círculo cercano"
    FACEBOOK = "facebook", "Facebook"
    YOUTUBE = "youtube", "YouTube"
    GOOGLE = "google", "Buscadores"
    OTHER_SITE = "other_site", "Otros sitios"
    EMAIL = "email", "Correo de Need"
    DIRECT = "direct", "Directo"
    NONE = "", "Dentro de Need"


class ConsentPurpose(models.TextChoices):
    """Separate purposes, separately given and withdrawn (Ley 19.628, as amended by 21.719)."""

    ATTENTION = "attention", "Recibir orientación psicológica"
    PUBLICATION = "publication", "Publicar mi caso sin datos que me identifiquen"
    FOLLOW_UP = "follow_up", "Recibir encuestas de seguimiento"
    ANALYTICS = "analytics", "Medir el uso del sitio con Google Analytics"


class Mood(models.IntegerChoices):
    """One tap: how somebody is right now. Higher is better."""

    VERY_BAD = 1, "Muy mal"
    BAD = 2, "Mal"
    SO_SO = 3, "Más o menos"
    WELL = 4, "Bien"
    VERY_WELL = 5, "Muy bien"
