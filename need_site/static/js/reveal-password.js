// Shows a password in place while one types; without this the link asks for the page again.
for (const link of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(link.dataset.reveal);
  if (!input) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--plain";
  button.textContent = link.textContent;
  link.replaceWith(button);
  button.addEventListener("click", () => {
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    input.spellcheck = false;
    button.textContent = show ? link.dataset.hideText : link.dataset.showText;
  });
  // Browsers offer to keep a password only from a field of that type.
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
}
