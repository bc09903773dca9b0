// form[data-submit-once]: a double click sends once. The server refuses the second one as well.
(() => {
  const forms = document.querySelectorAll("form[data-submit-once]");
  const buttonsOf = (form) => form.querySelectorAll("button[type=submit]");

  function hold(event) {
    const form = event.currentTarget;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    for (const button of buttonsOf(form)) {
      button.setAttribute("aria-disabled", "true");
      if (button === event.submitter && button.dataset.busyText) {
        button.dataset.idleText = button.textContent;
        button.textContent = button.dataset.busyText;
      }
    }
  }
  function release(form) {
    delete form.dataset.sent;
    for (const button of buttonsOf(form)) {
      button.removeAttribute("aria-disabled");
      if (button.dataset.idleText) button.textContent = button.dataset.idleText;
    }
  }

  forms.forEach((form) => form.addEventListener("submit", hold));
  addEventListener("pageshow", () => forms.forEach(release));
})();
