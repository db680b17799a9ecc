/* The rows, chips and pages of a result. Marks and tiers are cloned from the templates of the page, so that they look the same. */

import { NEVER } from "./register-index.js";
import { dayText, dayWords } from "./days.js";
import { mark } from "./text.js";

export const A_PAGE = 100;

/** An element with its properties (those of ARIA as attributes) and what is in it. */
export function element(tag, properties = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("aria-")) { made.setAttribute(name, value); } else { made[name] = value; }
  }
  made.append(...content);
  return made;
}

/** Makes the rows of units; `root` is the directory's own element with its templates and addresses. */
export class Rows {
  constructor(root, index) {
    this.root = root;
    this.index = index;
    this.link = { unit: root.dataset.unit, city: root.dataset.city, case: root.dataset.case };
    this.marks = {};
    this.tiers = [];
    for (const found of root.querySelectorAll("template")) {
      const content = found.content.firstElementChild;
      if (found.dataset.mark) { this.marks[found.dataset.mark] = content; } else { this.tiers[Number(found.dataset.tier) - 1] = content; }
    }
  }

  address(kind, id) { return this.link[kind].replace("{}", id); }

  row(unit, { day, words }) {
    const { index } = this;
    const state = index.on(day);
    const life = index.life[unit];
    const [code, short] = index.facets.cities[index.city(unit)];
    const name = element("a", { href: this.address("unit", index.ids[unit]) });
    mark(name, index.names[unit], words);
    const head = element("th", { scope: "row" }, name);
    const enterprise = element("td");
    mark(enterprise, index.enterprises[index.of[unit]], words);
    const former = (index.former[index.of[unit]] ?? []).filter(() => words.length);
    const tier = state.tier[life] < 0 ? "—" : this.tiers[state.tier[life]].cloneNode(true);
    const shown = this.marks[state.mark[life]].cloneNode(true);
    const through = element("td", { className: "day" });
    if (state.through[life] === NEVER) {
      through.append(state.tier[life] < 0 ? "—" : "未规定");
    } else {
      const last = dayText(state.through[life]);
      through.append(element("time", { dateTime: last }, dayWords(last)));
      if (state.tier[life] >= 0 && day === index.facets.as_of) {
        const then = state.then[life];
        Object.assign(shown.dataset, { through: last, then, word: this.marks[then]?.textContent ?? "层级有变" });
      }
    }
    if (former.length) {
      const earlier = element("small", { className: "former" });
      mark(earlier, `曾用名：${former.join("、")}`, words);
      if (earlier.querySelector("mark")) { enterprise.append(element("br"), earlier); }
    }
    const cells = [
      [head, "单元"],
      [enterprise, "企业"],
      [element("td", {}, element("a", { href: this.address("city", code) }, short)), "地市"],
      [element("td", {}, tier), "层级"],
      [element("td", {}, shown), "状态"],
      [through, "有效期至"],
    ];
    const row = element("tr");
    for (const [cell, label] of cells) {
      cell.dataset.label = label;
      row.append(cell);
    }
    return row;
  }

  /** The list of cases found, the first few of them. */
  cases(found, words, many) {
    const { cases, caseTitles, enterprises, of } = this.index;
    const list = element("ul", { className: "found-cases" });
    for (const row of found.slice(0, many)) {
      const link = element("a", { href: this.address("case", cases.ids[row]) });
      mark(link, caseTitles[row], words);
      const day = element("time", { dateTime: cases.days[row] }, dayWords(cases.days[row]));
      list.append(element("li", {}, link, element("span", { className: "by" }, day, ` · ${enterprises[of[cases.of[row]]]}`)));
    }
    return list;
  }
}

/** The links between the pages of a result; `address(page)` gives where each leads. */
export function pager(page, total, address) {
  const list = element("ol");
  for (let at = 1; at <= total; at += 1) {
    const distance = Math.abs(at - page);
    if (at === page) {
      list.append(element("li", {}, element("span", { "aria-current": "page" }, String(at))));
    } else if (at === 1 || at === total || distance <= 2) {
      list.append(element("li", {}, element("a", { href: address(at), "aria-label": `第 ${at} 页` }, String(at))));
    } else if (distance === 3) {
      list.append(element("li", { "aria-hidden": "true" }, "…"));
    }
  }
  const made = element("nav", { className: "pager", "aria-label": "翻页" }, list);
  if (page > 1) { list.before(element("a", { href: address(page - 1), rel: "prev" }, "上一页")); }
  if (page < total) { list.after(element("a", { href: address(page + 1), rel: "next" }, "下一页")); }
  return made;
}
