// Has the preview of the search result follow what is typed. Without it the server's own stands there.
(() => {
  const field = (name) => document.getElementById(`id_${name}`);
  const text = (name) => (field(name) ? field(name).value.trim() : "");
  const cut = (words, length) => {
    if (words.length <= length) return words;
    const start = words.slice(0, length - 1);
    const word = words[length - 1] === " " ? start : start.slice(0, Math.max(start.lastIndexOf(" "), 0));
    return `${(word || start).replace(/[ ,;:.]+$/, "")} …`;
  };

  const follow = (panel) => {
    const limits = panel.dataset;
    const put = (place, words) => {
      const spot = panel.querySelector(`[data-preview="${place}"]`);
      if (spot && spot.textContent !== words) spot.textContent = words;
    };
    const say = (rule, applies) => {
      const line = panel.querySelector(`[data-rule="${rule}"]`);
      if (line) line.hidden = !applies;
    };
    const draw = () => {
      const title = text("seo_title") || text("title");
      const own = text("search_description");
      const note = text("content_note");
      const shown = limits.fields.split(" ").map(text).find(Boolean) || "";
      put("slug", text("slug"));
      put("title", cut(title + limits.suffix, Number(limits.titleFits)));
      put("description", cut(shown, Number(limits.descriptionFits)));
      put("card-title", text("title"));
      put("card-text", note ? "" : text(limits.cardField));
      put("shared-title", title);
      const shouted = /(^|[^\p{L}])\p{Lu}{4,}(?!\p{L}).*[^\p{L}]\p{Lu}{4,}(?!\p{L})/u.test(title);
      say("title-long", (title + limits.suffix).length > Number(limits.titleFits));
      say("title-sensational", shouted || new RegExp(limits.sensational, "u").test(title.toLowerCase()));
      say("description-missing", !own);
      say("description-short", own.length > 0 && own.length < Number(limits.descriptionShort));
      say("description-long", own.length > Number(limits.descriptionFits));
      say("description-shown", Boolean(note && own));
    };
    document.addEventListener("input", draw);
    document.addEventListener("change", draw);
    draw();
  };

  document.querySelectorAll("[data-search-preview]").forEach(follow);
})();
