"""What people do on the site, one step a function: the browser tests read as the journey they walk.

A step does what a person does (it looks for a word, clicks, writes) and waits only for what a person would
see. What must be true afterwards stands in the tests.
"""

from __future__ import annotations

import re
import secrets
import time
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, TimeoutError, expect

DEMO_PASSWORD = "need-demo-2026"
CLIENT = "cliente@example.com"
PSYCHOLOGIST = "psicologa@example.com"
MODERATOR = "moderadora@example.com"
MARKETER = "marketing@example.com"
NEW_PASSWORD = "la orilla tranquila de siempre"
SOON = 90  # seconds that the queue may take for an e-mail, or Mercado Pago for its webhook
CASE = {
    "¿Qué está pasando?": "Despierto a las tres y repaso el día siguiente hasta que suena el despertador.",
    "¿Desde cuándo?": "Desde que cambié de turno, hace dos meses.",
    "¿Qué has intentado?": "Dejé el café y apago el teléfono a las diez.",
    "¿Qué esperas de esta orientación?": "Quisiera entender qué me pasa y volver a dormir.",
}
ORIENTATION = "Gracias por escribir.\n\nDespertar así después de un cambio de turno tiene sentido."
PLAN = ("Anota a qué hora despiertas", "Sal de la cama si pasan veinte minutos")


def new_address(name: str) -> str:
    """An e-mail address nobody has yet."""
    return f"{name}-{secrets.token_hex(4)}@example.com"


def seen(page: Page, shown: Locator, seconds: float = SOON) -> Locator:
    """`shown`, once it is on the page, which is loaded again until then, as a person who waits would do."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            shown.first.wait_for(timeout=400)
            return shown.first
        except TimeoutError:
            if time.monotonic() > deadline:
                raise
            page.reload()


# Arriving and signing in
def arrive_from_google(page: Page, path: str = "/") -> None:
    page.goto(path, referer="https://www.google.com/")


def sign_in(page: Page, email: str, password: str = DEMO_PASSWORD) -> None:
    page.goto("/cuenta/ingresar/")
    page.get_by_label("Correo electrónico").fill(email)
    page.get_by_label("Contraseña", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Ingresar").click()
    expect(page).not_to_have_url(re.compile("/cuenta/ingresar/"))


def create_account(page: Page, email: str) -> None:
    page.goto("/cuenta/registro/")
    fill_in_sign_up(page, email)


def fill_in_sign_up(page: Page, email: str) -> None:
    page.get_by_label("Correo electrónico").fill(email)
    page.get_by_label("Contraseña", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("País").select_option(label="Chile")
    page.get_by_label("Tengo 18 años o más").check()
    page.get_by_role("button", name="Crear mi cuenta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Revisa tu correo")


def confirm_email(page: Page, email: str) -> None:
    """Open the link of the first e-mail, in the same browser, and say yes."""
    open_mail(page, to=email, subject="Confirma tu correo")
    follow_the_link(page)
    page.get_by_role("button", name="Sí, confirmar").click()
    expect(page.get_by_role("navigation", name="Tu cuenta")).to_contain_text("Mi cuenta")


def own_pseudonym(page: Page) -> str:
    """The name that the site made up, as it stands on the account page."""
    account = page.request.get(urljoin(page.url, "/cuenta/")).text()
    found = re.search(r"Aquí te llamas <strong>([^<]+)</strong>", account)
    assert found, "the account page tells one's name"
    return found.group(1)


# E-mail
def open_mail(page: Page, *, to: str, subject: str, nth: int = 1) -> str:
    """Open the `nth` e-mail to `to` with that subject, once the mailbox page has it; give its text."""
    page.goto("/correo/")
    mails = page.get_by_role("listitem").filter(has_text=f"Para {to}").get_by_role("link", name=subject)
    seen(page, mails.nth(nth - 1))
    mails.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    return page.get_by_role("article").inner_text()


def link_in_mail(page: Page) -> str:
    """The address of the first link of the e-mail that is open."""
    link = page.locator(".mailbox__body").get_by_role("link").first
    return str(link.get_attribute("href"))


def follow_the_link(page: Page) -> None:
    page.goto(link_in_mail(page))


# Buying
def choose_service(page: Page, name: str = "Orientación escrita") -> None:
    """Choose a service, agree to be read, and leave for Mercado Pago's page."""
    page.goto("/consultas/nueva/")
    page.get_by_role("radio", name=re.compile(name)).check()
    page.get_by_label("Acepto que una psicóloga").check()
    page.get_by_role("main").get_by_role("button", name=re.compile("pagar", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu pago")


def pay(page: Page) -> None:
    """Pay on the stand-in's page, which leads back to the order."""
    page.get_by_role("button", name=re.compile("^Pagar .*CLP")).click()
    expect(page).to_have_url(re.compile("/consultas/orden/"))


def open_paid_consultation(page: Page) -> None:
    """Wait on the return page, which looks again by itself, for the way to the space to write."""
    onward = page.get_by_role("main").get_by_role("link", name=re.compile("escribir", re.IGNORECASE))
    onward.first.wait_for(timeout=SOON * 1000)
    onward.first.click()
    expect(page).to_have_url(re.compile(r"/consultas/[0-9a-f-]{36}/"))


# Writing
def write_case(page: Page) -> None:
    for question, answer in CASE.items():
        page.get_by_label(question).fill(answer)


def tap_mood(page: Page, mood: str) -> None:
    """One tap: the label is what a finger meets, the radio button lies under it."""
    page.locator("label.mood__choice").filter(has_text=re.compile(f"^\\s*{mood}\\s*$")).click()


def send(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button).click()


# At the desk
def take_consultation(page: Page, pseudonym: str) -> None:
    open_from_desk(page, "En espera", pseudonym)
    page.get_by_role("button", name="Tomar esta consulta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(pseudonym)


def open_from_desk(page: Page, part: str, pseudonym: str) -> None:
    """`part` is one of the desk's lists, such as "En espera"."""
    page.goto("/profesional/")
    page.get_by_role("region", name=part, exact=True).get_by_role("link", name=pseudonym).click()


def answer(page: Page, text: str, plan: tuple[str, ...] = ()) -> None:
    page.get_by_label("Tu orientación").fill(text)
    page.get_by_label("Plan de acción").fill("\n".join(plan))
    page.get_by_role("button", name="Enviar la orientación").click()
    expect(page.get_by_text("Tu orientación llegó.")).to_be_visible()


# The survey
def answer_survey(
    page: Page, *, days: str = "Varios días", week: str = "A veces", risk: str = "Ningún día"
) -> None:
    """Mark `days` for the PHQ-9 (`risk` for its last question) and `week` for Need's own scale, and send."""
    for choice in (days, week):
        for question in page.get_by_role("radio", name=choice, exact=True).all():
            question.check()
    last = page.get_by_role("group", name=re.compile("estaría mejor muerto"))
    last.get_by_role("radio", name=risk, exact=True).check()
    page.get_by_role("button", name="Enviar mis respuestas").click()


# The team's report
def journey_counts(page: Page) -> dict[str, int]:
    """How often each action happened, from the table of the journey report without demonstration rows."""
    page.goto("/admin/reports/journey/?demo=no")
    page.get_by_text("La misma información, en una tabla").click()
    rows = page.get_by_role("table").get_by_role("row").all()[1:]
    cells = [row.get_by_role("cell").all_inner_texts() for row in rows]
    return {cell[1]: int(re.sub(r"\D", "", cell[2])) for cell in cells}
