// Leaving fast: covers the page at once, then replaces it, so that "back" does not return to it.
(() => {
  const link = document.querySelector("[data-quick-exit]");
  if (!link) return;
  const status = document.querySelector("[data-quick-exit-status]");
  const root = document.documentElement;
  const title = document.title;
  const presses = 3;
  const withinMs = 5000;
  // Shift also writes: in a field only three in a row, as fast as nobody writes, mean leaving.
  const whileWritingMs = 1000;
  const fields = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit])";
  let count = 0;
  let timer = 0;

  const reset = () => {
    clearTimeout(timer);
    count = 0;
    status.textContent = "";
  };
  const leave = () => {
    root.classList.add("is-leaving");
    document.title = "…";
    status.textContent = status.dataset.leaving;
    location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    // Any other key means that Shift is being used to write.
    if (event.key !== "Shift") return void (count && reset());
    if (event.repeat) return;
    count += 1;
    if (count >= presses) return leave();
    if (event.target.closest?.(fields)) {
      if (count === 1) timer = setTimeout(reset, whileWritingMs);
      return;
    }
    clearTimeout(timer);
    status.textContent = status.dataset.countdown.replace("{n}", presses - count);
    timer = setTimeout(reset, withinMs);
  });
  // A browser that kept the page in memory would show it covered.
  addEventListener("pageshow", () => {
    root.classList.remove("is-leaving");
    document.title = title;
    reset();
  });
})();
