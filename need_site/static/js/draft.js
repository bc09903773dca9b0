// Saves a form while one writes: form[data-draft-url], and what happened in its [data-draft-status].
(() => {
  const pauseMs = 1500;
  const words = {
    saved: "Guardado. Puedes cerrar y seguir después.",
    failed: "No pudimos guardar. Tu texto sigue aquí.",
    signedOut: "Tu sesión terminó. Tu texto sigue aquí: ",
    signIn: "ingresa otra vez en otra pestaña y vuelve.",
  };

  const isSignIn = (response) =>
    response.type === "opaqueredirect" || response.status === 401 || response.status === 403;

  function start(form) {
    const status = form.querySelector("[data-draft-status]");
    let timer = 0;
    let dirty = false;

    const say = (text) => status && (status.textContent = text);
    const sayToSignIn = () => {
      if (!status) return;
      const link = document.createElement("a");
      link.href = form.dataset.loginUrl || "/cuenta/ingresar/";
      link.target = "_blank";
      link.textContent = words.signIn;
      status.replaceChildren(words.signedOut, link);
    };
    const token = () => form.elements.csrfmiddlewaretoken;
    const send = () =>
      fetch(form.dataset.draftUrl, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-CSRFToken": token().value, "X-Requested-With": "XMLHttpRequest" },
        redirect: "manual",
        keepalive: document.visibilityState === "hidden",
      });

    // Signing in again changes the token; the page is asked for a new one, the text stays.
    async function renewToken() {
      const page = await fetch(location.href, { redirect: "manual" });
      if (!page.ok) return false;
      const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
      const field = fresh.querySelector("form[data-draft-url] [name=csrfmiddlewaretoken]");
      if (field) token().value = field.value;
      return Boolean(field);
    }

    async function save() {
      clearTimeout(timer);
      if (!dirty) return;
      dirty = false;
      try {
        let response = await send();
        if (isSignIn(response) && (await renewToken())) response = await send();
        if (response.ok) return say(words.saved);
        dirty = true;
        if (isSignIn(response)) sayToSignIn();
        else say(words.failed);
      } catch {
        dirty = true;
        say(words.failed);
      }
    }

    form.addEventListener("input", () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, pauseMs);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      dirty = false;
    });
    document.addEventListener("visibilitychange", save);
    addEventListener("online", save);
  }

  document.querySelectorAll("form[data-draft-url]").forEach(start);
})();
