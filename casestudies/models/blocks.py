"""The blocks a case is made of: letters and steps, plain text without markup."""

from __future__ import annotations

from wagtail import blocks

from casestudies.enums import TurnKind


class TurnBlock(blocks.StructBlock):
    """One letter of the exchange. A blank line begins a new paragraph."""

    kind = blocks.ChoiceBlock(choices=TurnKind.choices, label="Qué es")
    text = blocks.TextBlock(label="Texto", help_text="Deja una línea en blanco entre párrafos.")

    class Meta:
        icon = "mail"
        label = "Carta"


class TurnsBlock(blocks.StreamBlock):
    turn = TurnBlock()


class StepBlock(blocks.StructBlock):
    """One step of the plan of action, doable this week."""

    title = blocks.CharBlock(label="Paso", max_length=120)
    detail = blocks.TextBlock(label="Cómo", required=False)

    class Meta:
        icon = "list-ol"
        label = "Paso"


class PlanBlock(blocks.StreamBlock):
    step = StepBlock()
