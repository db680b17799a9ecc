/* Buttons that copy the address of the link beside them, as it is served here: right under any host and sub-path. Addresses
   printed as text become those of this host as well, and a calendar can be opened at once where a program takes it. */
(function () {
  "use strict";

  var status = document.querySelector("[data-copied]");

  if (location.protocol !== "file:") {
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
  }

  /* Where the page does not come over a safe connection there is no clipboard; the older way still works there. */
  function copyByHand(address) {
    var field = document.createElement("textarea");
    field.value = address;
    field.readOnly = true;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function copy(address) {
    if (!navigator.clipboard) { return copyByHand(address); }
    return navigator.clipboard.writeText(address).catch(function () { return copyByHand(address); });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-copy]");
    if (!button) { return; }
    var link = button.parentElement.querySelector("a[href]");
    var word = button.querySelector("[data-copy-word]");
    button.dataset.said = button.dataset.said || word.textContent;

    function say(short, long) {
      word.textContent = short;
      status.textContent = "";
      /* Emptied first, so that the same words are read out again. */
      setTimeout(function () { status.textContent = long; }, 50);
      clearTimeout(Number(button.dataset.timer));
      button.dataset.timer = setTimeout(function () { word.textContent = button.dataset.said; }, 4000);
    }

    copy(link.href).then(
      function () { button.focus(); say("已复制", "已复制：" + link.href); },
      function () { button.focus(); say("未能复制", "未能复制，请在链接上长按或点右键，选“复制链接地址”。"); }
    );
  });
})();
