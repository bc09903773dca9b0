// Brings the inert Google Analytics tag to life, only where the person said yes.
// Until then nothing is asked of any other host (basic consent mode).
(() => {
  const template = document.getElementById("analytics-tag");
  const agreed = /(?:^|;\s*)need_consent=analytics(?:;|$)/.test(document.cookie);
  if (!agreed) forgetAnalyticsCookies();
  if (!template || !agreed) return;

  window.dataLayer = window.dataLayer || [];
  function gtag() {
    window.dataLayer.push(arguments);
  }
  gtag("consent", "default", {
    ad_storage: "denied",
    ad_user_data: "denied",
    ad_personalization: "denied",
    analytics_storage: "denied",
    wait_for_update: 500,
  });
  gtag("consent", "update", { analytics_storage: "granted" });
  // Which case somebody reads says how they are: Google learns the section, never the page or its title.
  const [section, page, deeper] = location.pathname.split("/").filter(Boolean);
  // Not by an id either: whoever reads the pages could tell which case it stands for.
  const told = ["casos", "blog", "equipo", "orientacion"].includes(section) ? `${section}/` : "";
  gtag("set", {
    page_location: `${location.origin}/${told}`,
    page_title: "Need",
    page_referrer: document.referrer ? new URL(document.referrer).origin : "",
  });

  // A script that was parsed inside a template never runs; a copy made here does.
  for (const inert of template.content.querySelectorAll("script")) {
    const script = document.createElement("script");
    for (const { name, value } of inert.attributes) script.setAttribute(name, value);
    script.textContent = inert.textContent;
    document.head.append(script);
  }
  if (page && !deeper && section === "casos") gtag("event", "select_content", { content_type: "case" });
  if (page && !deeper && section === "blog") gtag("event", "select_content", { content_type: "post" });
  tellOffers();

  // What is for sale is the same for everybody, so seeing it says nothing about anybody.
  function tellOffers() {
    const offers = [...document.querySelectorAll("[data-offer]")].map((offer) => offer.dataset);
    if (!offers.length) return;
    const items = offers.map(({ offer, price }) => ({ item_id: offer, price: Number(price), quantity: 1 }));
    const value = items.reduce((total, { price }) => total + price, 0);
    gtag("event", "view_item", { currency: offers[0].currency, value, items });
  }

  // Somebody took their yes back: what Google's script left goes too, for whichever domain it chose.
  function forgetAnalyticsCookies() {
    const parts = location.hostname.split(".");
    const domains = parts.map((_, start) => `;domain=${parts.slice(start).join(".")}`);
    for (const [name] of document.cookie.matchAll(/\b_ga[^=;]*/g)) {
      for (const domain of ["", ...domains]) document.cookie = `${name}=;path=/;max-age=0${domain}`;
    }
  }
})();
