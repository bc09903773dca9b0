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
    BOLIVIA = "BO", "Bolivia"
    COSTA_RICA = "CR", "Costa Rica"
    CUBA = "CU", "Cuba"
    ECUADOR = "EC", "Ecuador"
    EL_SALVADOR = "SV", "El Salvador"
    GUATEMALA = "GT", "Guatemala"
    HONDURAS = "HN", "Honduras"
    NICARAGUA = "NI", "Nicaragua"
    PANAMA = "PA", "Panamá"
    PARAGUAY = "PY", "Paraguay"
    PUERTO_RICO = "PR", "Puerto Rico"
    DOMINICAN_REPUBLIC = "DO", "República Dominicana"
    VENEZUELA = "VE", "Venezuela"
    # ISO 3166 leaves ZZ free for what it does not name.
    OTHER = "ZZ", "Otro país"

    @classmethod
    def by_name(cls) -> list[tuple[str, str]]:
        """The choices in the order in which one looks for a country; the one without a name last."""
        named = sorted((each for each in cls if each is not cls.OTHER), key=lambda each: str(each.label))
        return [(each.value, str(each.label)) for each in (*named, cls.OTHER)]


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
