/* The directory's page: what is typed and chosen becomes the address, the address becomes the answer, all at once.
   The list that came with the page stays until something is asked; the index is read when the first question comes. */

import { dayWords, isDay } from "./days.js";
import { csv } from "./download.js";
import { answer, FACETS, fromAddress, SORTS, toAddress, withDay } from "./query.js";
import { RegisterIndex } from "./register-index.js";
import { A_PAGE, element, pager, Rows } from "./rows.js";

const root = document.getElementById("directory");
const form = root.querySelector("form");
const part = (name) => root.querySelector(`[data-${name}]`);
const { asOf } = root.dataset;
const { facets, names, codes, cases } = root.dataset;
const index = new RegisterIndex({ facets, names, codes, cases });
const rows = new Rows(root, index);
const table = root.querySelector(".results table");
const sheet = root.querySelector(".sheet");
const filters = root.querySelector(".filters");
const FEW_CASES = 5;
const A_SCREEN = 20;

let asked = fromAddress(location.search);
let last = null;
let manyCases = FEW_CASES;
let turn = 0;

const labelOf = (name) => filters.querySelector(`[data-facet="${name}"] :is(legend, label)`).textContent;
const textOf = (name, value) => {
  const box = filters.querySelector(`input[name="${name}"][value="${CSS.escape(value)}"]`);
  if (box) { return box.nextElementSibling.textContent; }
  const select = filters.querySelector(`select[name="${name}"]`);
  const option = select && [...select.options].find((one) => one.value === value);
  return option ? option.dataset.text : value;
};

/* --- From the question to the fields, and back ------------------------------------------------------------------- */

function showQuestion() {
  const { q, on, sort } = form.elements;
  if (q.value.trim() !== asked.q.trim()) { q.value = asked.q; }
  on.value = asked.on;
  sort.value = asked.sort;
  for (const box of filters.querySelectorAll("input[type=checkbox]")) { box.checked = asked[box.name].includes(box.value); }
  for (const select of filters.querySelectorAll("select")) { select.value = asked[select.name][0] ?? ""; }
  const chosen = FACETS.reduce((sum, name) => sum + asked[name].length, 0);
  part("chosen").textContent = chosen ? ` ${chosen}` : "";
}

function readQuestion() {
  const { q, on, sort } = form.elements;
  const day = isDay(on.value) ? on.value : "";
  let next = { ...asked, q: q.value, sort: SORTS.includes(sort.value) ? sort.value : "", page: 1 };
  for (const name of FACETS) {
    const boxes = [...filters.querySelectorAll(`input[name="${name}"]`)];
    next[name] = boxes.length ? boxes.filter((box) => box.checked).map((box) => box.value)
      : [form.elements[name].value].filter(Boolean);
  }
  if (next.city[0] !== asked.city[0]) { next.county = []; }
  if (next.industry[0] !== asked.industry[0]) { next.group = []; }
  if (day !== asked.on) { next = withDay(next, day); }
  return next;
}

/* --- From the answer to the page --------------------------------------------------------------------------------- */

function options(name, known) {
  const select = form.elements[name];
  const counts = last.counts[name];
  if (known) {
    const chosen = asked[name][0] ?? "";
    select.replaceChildren(select.options[0], ...known.map(([value, text]) => {
      const option = element("option", { value });
      option.dataset.text = text;
      return option;
    }));
    select.value = chosen;
    select.closest("[data-facet]").hidden = known.length === 0;
  }
  for (const option of select.options) {
    if (option.value) { option.textContent = `${option.dataset.text}（${counts.get(option.value) ?? 0}）`; }
  }
}

function showCounts() {
  for (const box of filters.querySelectorAll("input[type=checkbox]")) {
    const found = last.counts[box.name].get(box.value) ?? 0;
    const label = box.closest("label");
    label.querySelector(".n").textContent = String(found);
    label.classList.toggle("nothing", !found);
  }
  const { cities, counties, industries } = index.facets;
  for (const name of ["city", "industry", "year"]) { options(name, null); }
  options("county", counties
    .filter(([city, name]) => name && cities[city][0] === asked.city[0])
    .map(([, name]) => [name, name])
    .sort((one, other) => one[0].localeCompare(other[0], "zh-Hans-CN")));
  options("group", industries
    .filter(([code]) => code.length > 2 && code.slice(0, 2) === asked.industry[0])
    .map(([code, name]) => [code, `${code} ${name}`])
    .sort((one, other) => (one[0] < other[0] ? -1 : 1)));
}

function showChips() {
  const chips = FACETS.flatMap((name) => asked[name].map((value) => [name, value, `${labelOf(name)}：${textOf(name, value)}`]));
  const list = part("chips");
  list.hidden = !chips.length;
  list.replaceChildren(...chips.map(([name, value, text]) => {
    const cross = element("span", { "aria-hidden": "true" }, " ×");
    const button = element("button", { type: "button", className: "chip", "aria-label": `去掉 ${text}` }, text, cross);
    button.addEventListener("click", () => {
      const next = { ...asked, [name]: asked[name].filter((one) => one !== value), page: 1 };
      if (name === "city") { next.county = []; }
      if (name === "industry") { next.group = []; }
      ask(next);
      form.elements.q.focus({ preventScroll: true });
    });
    return element("li", {}, button);
  }));
}

function showDay() {
  const note = part("day");
  note.hidden = !asked.on;
  if (!asked.on) { return; }
  const later = asked.on > asOf ? `这一天在数据截至日（${dayWords(asOf)}）之后，其间可能还有新的授予和撤销。` : "";
  const back = element("button", { type: "button", className: "button" }, "回到数据截至日");
  back.addEventListener("click", () => ask({ ...withDay(asked, ""), page: 1 }));
  note.replaceChildren(element("strong", {}, `${dayWords(asked.on)}当天的名单。`), `按现有记录推算，首尾两天都算在内。${later} `, back);
}

function showCases() {
  const place = part("cases");
  const { cases: found, words } = last;
  if (!found.length) { place.replaceChildren(); return; }
  const head = element("h2", { className: "found-cases-head", id: "found-cases" }, `相关的典型案例（${found.length}）`);
  place.replaceChildren(head, rows.cases(found, words, manyCases));
  if (found.length > manyCases) {
    const more = element("button", { type: "button", className: "button" }, `再看 ${Math.min(20, found.length - manyCases)} 个案例`);
    more.addEventListener("click", () => {
      manyCases += 20;
      showCases();
      place.querySelectorAll("li a")[manyCases - 20].focus();
    });
    place.append(more);
  }
}

function showRows() {
  const { units } = last;
  const total = Math.max(1, Math.ceil(units.length / A_PAGE));
  asked.page = Math.min(asked.page, total);
  const from = (asked.page - 1) * A_PAGE;
  const shown = units.slice(from, from + A_PAGE);
  part("found").textContent = `${dayWords(last.day)}：找到 ${units.length} 个单元`;
  if (last.cases.length) {
    part("found").append("，", element("a", { href: "#found-cases" }, `${last.cases.length} 个案例`));
  }
  root.querySelector("[data-do=done]").textContent = `查看 ${units.length} 个结果`;
  const none = part("none");
  none.hidden = units.length > 0 || !table;
  none.textContent = units.length ? "" : "没有符合条件的单元。名称可以只写其中几个字，也可以去掉一些筛选条件再看。";
  if (!table) { return; }
  table.hidden = !shown.length;
  table.caption.textContent = `第 ${from + 1} 至 ${from + shown.length} 个，共 ${units.length} 个`;
  table.tBodies[0].replaceChildren(...shown.slice(0, A_SCREEN).map((unit) => rows.row(unit, last)));
  afterwards(() => table.tBodies[0].append(...shown.slice(A_SCREEN).map((unit) => rows.row(unit, last))));
  root.querySelector(".pager")?.remove();
  if (total > 1) {
    table.after(pager(asked.page, total, (page) => toAddress({ ...asked, page }) || "./"));
  }
}

/* What fills the first screen is drawn at once; the rest follows when that has been painted, unless a new question came. */
let rest = [];
let drawing = 0;

function afterwards(work) { rest.push(work); }

function show() {
  rest = [];
  root.classList.remove("unanswered");
  showChips();
  showDay();
  showRows();
  afterwards(showCounts);
  afterwards(showCases);
  afterwards(() => document.dispatchEvent(new Event("register:shown")));
  clearTimeout(drawing);
  drawing = setTimeout(() => requestAnimationFrame(() => rest.splice(0).forEach((work) => work())), 0);
}

/* --- Asking ------------------------------------------------------------------------------------------------------ */

function remember(address, push) {
  if (address === location.search || (!address && !location.search)) { return; }
  history[push ? "pushState" : "replaceState"](null, "", address || location.pathname);
}

function failed() {
  root.classList.remove("unanswered");
  const again = element("button", { type: "button", className: "button" }, "再试一次");
  again.addEventListener("click", () => ask(asked));
  part("found").replaceChildren("名录没有载入。请检查网络；如果网站刚刚更新，请刷新页面。 ", again);
}

/** Answers a question and puts it in the address; typing replaces the address, a choice adds a step to go back to. */
async function ask(next, { push = true, address = true } = {}) {
  asked = next;
  turn += 1;
  const mine = turn;
  showQuestion();
  if (!index.ready) { part("found").textContent = "正在载入名录…"; }
  try {
    await index.all(asked.q.trim() !== "");
  } catch {
    if (mine === turn) { failed(); }
    return;
  }
  if (mine !== turn) { return; }
  last = answer(index, asked);
  manyCases = FEW_CASES;
  show();
  if (address) { remember(toAddress(asked), push); }
}

let waiting = 0;
form.elements.q.addEventListener("input", (event) => {
  if (event.isComposing) { return; }
  ask(readQuestion(), { address: false });
  clearTimeout(waiting);
  waiting = setTimeout(() => remember(toAddress(asked), false), 300);
});
form.elements.q.addEventListener("compositionend", () => ask(readQuestion(), { push: false }));
form.addEventListener("change", (event) => { if (event.target !== form.elements.q) { ask(readQuestion()); } });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(readQuestion());
});
form.addEventListener("focusin", () => { index.all(false).catch(() => {}); });
root.addEventListener("click", (event) => {
  const link = event.target.closest(".pager a");
  if (!link || !last || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
  event.preventDefault();
  ask(fromAddress(new URL(link.href).search)).then(() => {
    part("found").scrollIntoView({ block: "center" });
    table.querySelector("tbody a")?.focus({ preventScroll: true });
  });
});
addEventListener("popstate", () => ask(fromAddress(location.search), { address: false }));

/* --- Buttons ----------------------------------------------------------------------------------------------------- */

async function download() {
  try {
    await index.all(true);
  } catch {
    failed();
    return;
  }
  last ??= answer(index, asked);
  const file = URL.createObjectURL(new Blob([csv(index, rows, last)], { type: "text/csv;charset=utf-8" }));
  element("a", { href: file, download: `名录-${last.day}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(file), 60000);
}

const home = filters.parentElement;
sheet.addEventListener("close", () => {
  home.prepend(filters);
  root.querySelector("[data-do=open]").focus();
});
const actions = {
  open: () => {
    sheet.append(filters);
    sheet.showModal();
  },
  close: () => sheet.close(),
  done: () => sheet.close(),
  clear: () => ask({ ...asked, ...Object.fromEntries(FACETS.map((name) => [name, []])), page: 1 }),
  csv: download,
};
root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) { actions[button.dataset.do](); }
});
/* A sheet has no place on a wide window. */
matchMedia("(min-width: 60em)").addEventListener("change", () => { if (sheet.open) { sheet.close(); } });

if (toAddress(asked)) { ask(asked, { push: false }); } else { root.classList.remove("unanswered"); }
