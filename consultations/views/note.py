from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from consultations.actions.aftercare import write_note
from consultations.actions.errors import NotAllowed
from consultations.desk_forms import NoteForm
from consultations.views.desk import find_own, psychologist_only, show


@psychologist_only
@require_POST
def note(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write to the client of a closed consultation that is to be read first; what does not fit comes back."""
    consultation = find_own(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, consultation, note_form=form, status=422)
    try:
        write_note(by=request.user, consultation=consultation, text=form.cleaned_data["text"])
    except NotAllowed as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, "Tu mensaje llegó. Le avisamos a la persona por correo.")
    return redirect("consultations:desk_detail", pk)
