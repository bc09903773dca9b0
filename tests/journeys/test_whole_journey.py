"""One person walks from Google to the follow-up survey, with the psychologist who answers; the team's report
shows that very walk. Nothing is told to the database: what is asserted is what people see."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.product import Product

WALKED = {
    "Busca orientación en blogs": 1,
    "Busca orientación en YouTube": 1,
    "Busca en Google": 1,
    "Entra a Need": 1,
    "Conoce la orientación": 1,
    "Recorre los casos por tema": 1,
    "Busca entre los casos": 1,
    "Revisa casos y atención psicológica proporcionada previamente": 1,
    "Se registra": 1,
    "Elige el servicio y va a pagar": 1,
    "Contrata servicio de orientación psicológica": 1,
    "Escribe su caso": 1,
    "Un psicólogo toma su caso": 1,
    "Recibe la orientación por escrito": 2,
    "Revisa el feedback del psicólogo": 1,
    "Realiza una réplica": 1,
    "Revisa nuevamente el feedback": 1,
    "Cierra la consulta": 1,
    "Califica el servicio": 1,
    "Recibe la encuesta de bienestar": 1,
    "Responde la encuesta de bienestar": 1,
    "Mira su evolución": 1,
    "Busca terapia": 1,
}
EMAIL = steps.new_address("lucia")
REPLY = "Probé salir de la cama y al tercer día dormí mejor. Los domingos me cuestan."
SECOND_ORIENTATION = "Que el domingo cueste es esperable. Guarda el cuaderno fuera del dormitorio."
# Parts of words that stand in the letters above and in no courtesy.
TELLING = ("despiert", "dorm", "turno", "café", "domingo", "cuaderno", "cama", "leída", "phq")


def test_whole_journey(
    need_running: Product,
    page: Page,
    new_visitor: Callable[..., Page],
    foreign_requests: list[str],
    complaints: list[str],
) -> None:
    team, psychologist, elsewhere = new_visitor(), new_visitor(), new_visitor()
    steps.sign_in(team, steps.MARKETER)
    before = steps.journey_counts(team)

    read_the_blog(page, foreign_requests)
    read_a_case(page)
    read_what_is_sold(page)
    pseudonym = sign_up(page)
    buy(page)
    conversation = write_the_case(page)
    psychologist_answers(psychologist, pseudonym)
    read_and_reply(page, conversation)
    psychologist_answers_again(psychologist, pseudonym)
    read_again_and_close(page, conversation)
    answer_the_survey(elsewhere)

    assert_emails_say_nothing(need_running)
    after = steps.journey_counts(team)
    assert {action: after[action] - before[action] for action in WALKED} == WALKED
    assert foreign_requests == []
    assert complaints == []


def read_the_blog(page: Page, foreign_requests: list[str]) -> None:
    steps.arrive_from_google(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cuando no encuentras la punta del hilo")
    expect(page.get_by_role("complementary", name="Ayuda inmediata")).to_contain_text(
        "¿Estás en peligro ahora?"
    )
    page.get_by_role("navigation", name="Principal").get_by_role("link", name="Blog").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Cuando nada da ganas")).first.click()
    expect(page.get_by_role("region", name="Compartir")).to_be_visible()
    assert foreign_requests == [], "before anybody asked for the video"
    with page.expect_event("requestfailed", lambda refused: "/embed/" in refused.url):
        page.get_by_role("link", name=re.compile("Ver el video")).click()
    assert {url.split("/")[2] for url in foreign_requests} == {"www.youtube-nocookie.com"}
    # Asked for with a click; nothing of it left this machine.
    foreign_requests.clear()


def read_a_case(page: Page) -> None:
    page.get_by_role("navigation", name="Principal").get_by_role("link", name="Casos").click()
    expect(page.get_by_role("heading", name="El trabajo me está agotando")).to_be_visible()
    page.get_by_role("searchbox").fill("despierto a las tres")
    page.get_by_role("search").get_by_role("button", name="Buscar").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Me despierto a las tres")).click()
    headings = page.get_by_role("article").get_by_role("heading", level=2)
    expect(headings.filter(has_text=re.compile("^(La|Plan)"))).to_have_text(
        ["La consulta", "La orientación", "La réplica", "La segunda orientación", "Plan de acción"]
    )
    for part in ("Escrito por", "Revisado por", "Caso ficticio", "Casos parecidos", "Para comentar"):
        expect(page.get_by_text(part).first).to_be_visible()
    page.get_by_role("link", name="Ver precio y plazo").click()


def read_what_is_sold(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Orientación por escrito")
    for part in ("$14.990", "72 horas", "No es terapia", "No es un servicio de urgencia"):
        expect(page.get_by_role("main").get_by_text(part).first).to_be_visible()


def sign_up(page: Page) -> str:
    """Give the pseudonym that the site made up."""
    page.get_by_role("main").get_by_role("link", name="Elegir y empezar").first.click()
    page.get_by_role("main").get_by_role("link", name="Crear una cuenta").click()
    steps.fill_in_sign_up(page, EMAIL)
    steps.confirm_email(page, EMAIL)
    expect(page).to_have_url(re.compile("/consultas/nueva/"))
    return steps.own_pseudonym(page)


def buy(page: Page) -> None:
    steps.choose_service(page)
    steps.pay(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("Estamos confirmando tu pago|Tu pago está confirmado")
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Tu pago está confirmado", timeout=steps.SOON * 1000
    )
    receipt = page.url
    text = steps.open_mail(page, to=EMAIL, subject="Recibimos tu pago")
    assert "Tu espacio para escribir está abierto" in text
    page.goto(receipt)
    page.get_by_role("link", name="Escribir mi caso").click()


def write_the_case(page: Page) -> str:
    """Give the address of the conversation."""
    conversation = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Cuenta qué está pasando")
    steps.write_case(page)
    expect(page.get_by_text("Guardado. Puedes cerrar y seguir después.")).to_be_visible()
    page.goto("/consultas/")
    page.goto(conversation)
    for question, written in steps.CASE.items():
        expect(page.get_by_label(question)).to_have_value(written)
    steps.tap_mood(page, "Mal")
    steps.send(page, "Enviar mi caso")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu carta llegó")
    expect(page.get_by_text("Tendrás respuesta a más tardar")).to_be_visible()
    return conversation


def psychologist_answers(page: Page, pseudonym: str) -> None:
    steps.sign_in(page, steps.PSYCHOLOGIST)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mi escritorio")
    steps.take_consultation(page, pseudonym)
    for written in steps.CASE.values():
        expect(page.get_by_text(written)).to_be_visible()
    steps.answer(page, steps.ORIENTATION, steps.PLAN)


def read_and_reply(page: Page, conversation: str) -> None:
    text = steps.open_mail(page, to=EMAIL, subject="Tienes un mensaje en Need")
    assert "Hay una carta para ti" in text
    steps.follow_the_link(page)
    expect(page).to_have_url(conversation)
    expect(page.get_by_text("Despertar así después de un cambio de turno tiene sentido.")).to_be_visible()
    step = page.get_by_role("button", name=re.compile(f"{steps.PLAN[0]}"))
    expect(step).to_have_attribute("aria-pressed", "false")
    step.click()
    expect(step).to_have_attribute("aria-pressed", "true")
    page.get_by_role("textbox", name="Tu réplica").fill(REPLY)
    steps.send(page, "Enviar mi réplica")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu réplica llegó")


def psychologist_answers_again(page: Page, pseudonym: str) -> None:
    steps.open_from_desk(page, "Esperan tu respuesta", pseudonym)
    expect(page.get_by_role("heading", level=1)).to_have_text(pseudonym)
    expect(page.get_by_text(REPLY)).to_be_visible()
    expect(page.get_by_text("Hecho el")).to_be_visible()
    steps.answer(page, SECOND_ORIENTATION)


def read_again_and_close(page: Page, conversation: str) -> None:
    steps.open_mail(page, to=EMAIL, subject="Tienes un mensaje en Need", nth=2)
    steps.follow_the_link(page)
    expect(page.get_by_text(SECOND_ORIENTATION)).to_be_visible()
    page.get_by_role("link", name="Cerrar la consulta").click()
    page.get_by_label("Acepto recibir por correo").check()
    page.get_by_label("No, prefiero que no").check()
    steps.send(page, "Cerrar la consulta")
    expect(page.get_by_role("heading", level=1)).to_have_text("La consulta está cerrada")
    page.get_by_role("radio", name="5 de 5").check(force=True)
    page.get_by_label("¿Quieres contarnos algo más?").fill("Me sentí leída.")
    steps.send(page, "Enviar mi calificación")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gracias por contarnos")
    expect(page).to_have_url(conversation)


def answer_the_survey(page: Page) -> None:
    """On another device, without signing in."""
    steps.open_mail(page, to=EMAIL, subject="Unas preguntas breves de Need")
    steps.follow_the_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Cómo has estado?")
    expect(page.get_by_role("link", name="Ingresar")).to_be_visible()
    steps.answer_survey(page, days="Más de la mitad de los días")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tus respuestas quedaron guardadas")
    expect(page.get_by_role("img", name=re.compile("PHQ-9"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Escala breve de Need"))).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Cómo encontrar terapia").click()
    expect(page).to_have_url(re.compile("/como-encontrar-terapia/$"))


def assert_emails_say_nothing(product: Product) -> None:
    """No e-mail of the walk, whoever it was sent to, lets a reader guess what was written or about what."""
    mails = [*product.mails_to(EMAIL), *product.mails_to(steps.PSYCHOLOGIST)]
    assert len(product.mails_to(EMAIL)) == 5, "confirm, space open, two answers, survey"
    said = " ".join(f"{mail.subject} {mail.text} {mail.html}" for mail in mails).lower()
    assert [word for word in TELLING if word in said] == []
