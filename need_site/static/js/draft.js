// Saves a form while one writes: form[data-draft-url], and what happened in its [data-draft-status].
// With data-draft-version it never writes over what another tab has saved meanwhile: it asks.
(() => {
  const pauseMs = 1500;
  const words = {
    watching: "Se guarda mientras escribes.",
    saved: "Guardado. Puedes cerrar y seguir después.",
    failed: "No pudimos guardar. Tu texto sigue aquí.",
    signedOut: "Tu sesión terminó. Tu texto sigue aquí: ",
    signIn: "ingresa otra vez en otra pestaña y vuelve.",
    changed: "Desde otra pestaña se guardó otro texto. El de esta página sigue aquí, sin guardar. ",
    other: "Ver el otro",
    keepThis: "Guardar el de esta página",
  };
  const version = "X-Draft-Version";

  const isSignIn = (response) =>
    response.type === "opaqueredirect" || response.status === 401 || response.status === 403;

  function start(form) {
    const status = form.querySelector("[data-draft-status]");
    let timer = 0;
    let dirty = false;
    let undecided = false;
    let saving = null;

    const say = (text) => status && (status.textContent = text);
    if (status?.dataset.draftStatus === "none") say(words.watching);
    const link = (text, href) => {
      const made = document.createElement("a");
      Object.assign(made, { href, target: "_blank", textContent: text });
      return made;
    };
    const sayToSignIn = () =>
      status?.replaceChildren(words.signedOut, link(words.signIn, form.dataset.loginUrl || "/cuenta/ingresar/"));
    const askWhich = () => {
      const keep = document.createElement("button");
      Object.assign(keep, { type: "button", textContent: words.keepThis });
      keep.addEventListener("click", () => {
        undecided = false;
        save();
      });
      status?.replaceChildren(words.changed, link(words.other, location.pathname), " · ", keep);
    };
    const token = () => form.elements.csrfmiddlewaretoken;
    const send = (overtaking) => {
      const headers = { "X-CSRFToken": token().value, "X-Requested-With": "XMLHttpRequest" };
      if ("draftVersion" in form.dataset && !overtaking) headers[version] = form.dataset.draftVersion;
      return fetch(form.dataset.draftUrl, {
        method: "POST",
        body: new FormData(form),
        headers,
        redirect: "manual",
        keepalive: document.visibilityState === "hidden",
      });
    };

    // Signing in again changes the token; the page is asked for a new one, the text stays.
    async function renewToken() {
      const page = await fetch(location.href, { redirect: "manual" });
      if (!page.ok) return false;
      const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
      const field = fresh.querySelector("form[data-draft-url] [name=csrfmiddlewaretoken]");
      if (field) token().value = field.value;
      return Boolean(field);
    }

    async function attempt(overtaking) {
      dirty = false;
      try {
        let response = await send(overtaking);
        if (isSignIn(response) && (await renewToken())) response = await send(overtaking);
        if (response.headers.has(version)) form.dataset.draftVersion = response.headers.get(version);
        if (response.ok) return say(words.saved);
        dirty = true;
        if (isSignIn(response)) return sayToSignIn();
        undecided = response.status === 409 && response.headers.has(version);
        if (undecided) askWhich();
        else say(words.failed);
      } catch {
        dirty = true;
        say(words.failed);
      }
    }

    // One save at a time; whoever is leaving cannot wait for the one under way.
    async function save() {
      clearTimeout(timer);
      const leaving = document.visibilityState === "hidden";
      if (saving && !leaving) await saving;
      if (!dirty || undecided) return;
      const mine = attempt(Boolean(saving));
      saving = mine;
      await mine;
      if (saving === mine) saving = null;
    }

    form.addEventListener("input", () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, pauseMs);
    });
    // Another form of the page, such as a step of the plan, brings the page anew: what is written goes first.
    document.addEventListener("submit", async (event) => {
      const { target, submitter } = event;
      if (target === form) {
        clearTimeout(timer);
        dirty = false;
        return;
      }
      if (event.defaultPrevented || !(dirty || saving)) return;
      event.preventDefault();
      await save();
      if (!dirty) target.requestSubmit(submitter);
    });
    document.addEventListener("visibilitychange", save);
    addEventListener("online", save);
  }

  document.querySelectorAll("form[data-draft-url]").forEach(start);
})();
