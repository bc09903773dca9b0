// [data-copy]: shown only where the browser can copy.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const status = button.closest(".share")?.querySelector("[data-copy-status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copiedText;
      if (status) status.textContent = button.dataset.copiedText;
    });
  }
})();
