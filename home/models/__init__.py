from home.models.account_email import AccountEmail
from home.models.consent import Consent
from home.models.crisis_line import CrisisLine
from home.models.pages import BlogIndexPage, BlogPage, HomePage, PlainPage
from home.models.sent_email import SentEmail
from home.models.site_settings import SiteSettings
from home.models.sitemap_section import SitemapSection
from home.models.team import ProfessionalPage, TeamPage
from home.models.touchpoint_log import DailySalt, MoodTally, TouchpointLog
from home.models.user import User

__all__ = [
    "AccountEmail",
    "BlogIndexPage",
    "BlogPage",
    "Consent",
    "CrisisLine",
    "DailySalt",
    "HomePage",
    "MoodTally",
    "PlainPage",
    "ProfessionalPage",
    "SentEmail",
    "SiteSettings",
    "SitemapSection",
    "TeamPage",
    "TouchpointLog",
    "User",
]
