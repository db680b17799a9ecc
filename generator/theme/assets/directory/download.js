/* The result as CSV: UTF-8 with its mark, CRLF, and nothing that a spreadsheet would take for a formula. */

import { NEVER } from "./register-index.js";
import { dayText } from "./days.js";

const HEAD = ["编号", "单元", "类别", "企业", "统一社会信用代码", "地市", "县区", "行业代码", "行业", "层级", "状态", "列入日期", "有效期至", "状态日期", "网址"];

function field(value) {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of the file; `rows` gives the words of marks and tiers and the addresses of units. */
export function csv(index, rows, { units, day }) {
  const state = index.on(day);
  const { facets } = index;
  const text = (number) => (number === NEVER ? "" : dayText(number));
  const lines = units.map((unit) => {
    const life = index.life[unit];
    const [industry, industryName] = facets.industries[index.industry[unit]];
    return [
      index.ids[unit],
      index.names[unit],
      facets.kinds[index.kind[unit]],
      index.enterprises[index.of[unit]],
      index.codes[index.of[unit]],
      facets.cities[index.city(unit)][2],
      facets.counties[index.county[unit]][1] ?? "",
      industry,
      industryName ?? "",
      state.tier[life] < 0 ? "" : rows.tiers[state.tier[life]].textContent,
      rows.marks[state.mark[life]].textContent,
      text(state.since[life]),
      text(state.through[life]),
      day,
      new URL(rows.address("unit", index.ids[unit]), document.baseURI).href,
    ].map(field).join(",");
  });
  return `\ufeff${[HEAD.join(","), ...lines].join("\r\n")}\r\n`;
}
