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

  /* Copies the value, the address or the text of what a button names, and says so in the output beside it. Where the
     browser keeps the clipboard to secure pages, the text is selected: for the old way, and for the reader's own hand. */
  function copyFrom(button) {
    var source = document.getElementById(button.dataset.copy);
    var said = button.parentElement.querySelector("output");

    function tell(done) { if (said) { said.textContent = done ? "已复制" : "没有复制成功，请选中后自行复制"; } }

    function byHand() {
      if (source.select) { source.focus(); source.select(); } else { getSelection().selectAllChildren(source); }
      var done = document.execCommand("copy");
      if (done) { button.focus(); }
      tell(done);
    }

    if (navigator.clipboard) {
      navigator.clipboard.writeText(source.value || source.href || source.textContent).then(function () { tell(true); }, byHand);
    } else {
      byHand();
    }
  }
  document.querySelectorAll("button.copy[data-copy]").forEach(function (button) {
    button.addEventListener("click", function () { copyFrom(button); });
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
