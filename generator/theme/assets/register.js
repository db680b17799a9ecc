/* Small services on every page, none needed to read it: a mark whose last day has passed says so, a site that missed its
   next change says so, a unit's page answers for any day, what is meant to be copied is copied, and links work where the
   site lies in a folder on a disk. Days are days in Shanghai. */
(function () {
  "use strict";

  function today() {
    var parts = {};
    new Intl.DateTimeFormat("en", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(new Date())
      .forEach(function (part) { parts[part.type] = part.value; });
    return parts.year + "-" + parts.month + "-" + parts.day;
  }

  function words(day) {
    var parts = day.split("-").map(Number);
    return parts[0] + "年" + parts[1] + "月" + parts[2] + "日";
  }

  var now = today();

  /* The shapes a mark can turn to; what is not here keeps the ring of an ended term. */
  var SHAPES = { closed: "M2 8h12", revoked: "M4 12 12 4" };

  function drawn(name, attributes) {
    var made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }

  function turnMarks() {
    document.querySelectorAll(".mark[data-through]").forEach(function (mark) {
      var through = mark.dataset.through, then = mark.dataset.then;
      if (through >= now) { return; }
      mark.removeAttribute("data-through");
      mark.className = "mark mark-" + then;
      var shape = mark.querySelector("svg");
      shape.replaceChildren();
      if (then !== "closed") { shape.append(drawn("circle", { cx: 8, cy: 8, r: 5.6, "class": "line" })); }
      if (SHAPES[then]) { shape.append(drawn("path", { d: SHAPES[then], "class": "line" })); }
      mark.replaceChildren(shape, mark.dataset.word);
      var verdict = mark.closest(".verdict");
      if (verdict) {
        var note = document.createElement("p");
        note.textContent = "今天是" + words(now) + "，已过有效期（" + words(through) + "）。";
        verdict.className = "verdict verdict-" + then;
        verdict.append(note);
      }
    });
  }
  turnMarks();
  document.addEventListener("register:shown", turnMarks);

  document.querySelectorAll(".stale").forEach(function (stale) {
    var until = stale.dataset.until;
    stale.hidden = !until || now < until;
    var page = document.querySelector("#content[data-until]");
    if (page && now >= page.dataset.until) { stale.querySelector("strong").textContent = "本页内容已过时。"; }
  });

  /* On a disk nobody turns tiers/ into tiers/index.html, and no index can be read to search in. */
  if (location.protocol === "file:") {
    document.documentElement.classList.add("on-disk");
    document.addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      if (!link || link.protocol !== "file:" || !link.pathname.endsWith("/")) { return; }
      link.pathname += "index.html";
    }, true);
  }

  /* Where the page does not come over a safe connection there is no clipboard; the older way still works there. */
  function copyByHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function copy(text) {
    if (!navigator.clipboard) { return copyByHand(text); }
    return navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); });
  }

  /* A button copies the field it names, or the address of the link beside it as it is served here: right under any host
     and sub-path. What came of it is said beside the button, or for the whole page. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-copy]");
    if (!button) { return; }
    var field = document.getElementById(button.dataset.copy);
    var text = field ? field.value : button.parentElement.querySelector("a[href]").href;
    var status = button.parentElement.querySelector("output") || document.querySelector("[data-copied]");
    var word = button.querySelector("[data-copy-word]");
    if (word) { button.dataset.said = button.dataset.said || word.textContent; }

    function say(short, long) {
      /* Emptied first, so that the same words are read out again. */
      status.textContent = "";
      setTimeout(function () { status.textContent = long; }, 50);
      button.focus();
      if (!word) { return; }
      word.textContent = short;
      clearTimeout(Number(button.dataset.timer));
      button.dataset.timer = setTimeout(function () { word.textContent = button.dataset.said; }, 4000);
    }

    copy(text).then(
      function () { say("已复制", field ? "已复制" : "已复制：" + text); },
      function () {
        say("未能复制", field ? "没有复制成功，请选中后自行复制" : "未能复制，请在链接上长按或点右键，选“复制链接地址”。");
        if (field) { field.select(); }
      }
    );
  });

  document.querySelectorAll("form.askday").forEach(function (form) {
    var held = JSON.parse(form.dataset.held);
    var field = form.querySelector("input");
    var answer = form.querySelector("output");

    function tell() {
      var day = field.value;
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) { answer.textContent = ""; return; }
      var found = held.find(function (run) { return run[0] <= day && (!run[1] || day <= run[1]); });
      answer.textContent = words(day) + "，" + form.dataset.noun + (found ? "列入" + found[2] + "智能工厂名单。" : "不在名单中。");
    }

    var asked = new URLSearchParams(location.search).get("on");
    if (asked && /^\d{4}-\d{2}-\d{2}$/.test(asked)) { field.value = asked; }
    field.addEventListener("input", function () {
      tell();
      var address = new URL(location.href);
      if (field.value) { address.searchParams.set("on", field.value); } else { address.searchParams.delete("on"); }
      history.replaceState(null, "", address);
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); tell(); });
    tell();
  });
})();
