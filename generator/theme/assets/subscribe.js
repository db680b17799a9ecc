/* Addresses printed as text become those of this host, and a calendar can be opened at once where a program takes it. */
(function () {
  "use strict";

  if (location.protocol === "file:") { return; }

  document.querySelectorAll("[data-address]").forEach(function (text) {
    var parts = new URL(text.dataset.address, document.baseURI).href.split("/");
    text.replaceChildren();
    parts.forEach(function (part, number) {
      text.append(part);
      if (number < parts.length - 1) { text.append("/", document.createElement("wbr")); }
    });
  });
  /* Programs that have a calendar take this scheme for a subscription, where a plain link would copy the days once. */
  document.querySelectorAll("[data-webcal]").forEach(function (offer) {
    var link = offer.querySelector("a");
    link.href = link.href.replace(/^https?:/, "webcal:");
    offer.hidden = false;
  });
})();
