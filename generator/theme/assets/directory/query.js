/* What is asked of the directory: to and from the address, and the answer over an index. */

import { isDay } from "./days.js";
import { terms } from "./text.js";

export const FACETS = ["tier", "status", "kind", "city", "county", "industry", "group", "year"];
const MANY = new Set(["tier", "status", "kind"]);
export const SORTS = ["", "new", "end", "name"];
/* Who asks for a day asks who was listed on it, unless a status is named. */
const LISTED = ["valid", "expiring"];

const same = (one, other) => one.length === other.length && one.every((value) => other.includes(value));

/** The question that an address holds. */
export function fromAddress(search) {
  const given = new URLSearchParams(search);
  const on = isDay(given.get("on") ?? "") ? given.get("on") : "";
  const asked = { q: (given.get("q") ?? "").slice(0, 100), on, page: Math.max(1, parseInt(given.get("page"), 10) || 1) };
  asked.sort = SORTS.includes(given.get("sort")) ? given.get("sort") : "";
  for (const name of FACETS) {
    const values = given.getAll(name).flatMap((value) => value.split(",")).filter(Boolean);
    asked[name] = MANY.has(name) ? [...new Set(values)] : values.slice(0, 1);
  }
  if (on && !asked.status.length) { asked.status = [...LISTED]; }
  if (asked.status.includes("all")) { asked.status = []; }
  return asked;
}

/** The address of a question, with what goes without saying left out: "?q=…", or "". */
export function toAddress(asked) {
  const parts = [];
  const put = (name, value) => { if (value) { parts.push(`${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`); } };
  put("q", asked.q.trim());
  put("on", asked.on);
  for (const name of FACETS) {
    if (name === "status" && asked.on) {
      if (!same(asked.status, LISTED)) { put(name, asked.status.join(",") || "all"); }
    } else { put(name, asked[name].join(",")); }
  }
  put("sort", asked.sort);
  put("page", asked.page > 1 ? String(asked.page) : "");
  return parts.length ? `?${parts.join("&")}` : "";
}

/** The choice to make when a day is set or taken back. */
export function withDay(asked, on) {
  const status = on && !asked.on && !asked.status.length ? [...LISTED]
    : !on && asked.on && same(asked.status, LISTED) ? [] : asked.status;
  return { ...asked, on, status };
}

/** For each facet but the year: the place that each unit has there, and the values by place. */
function columns(index, state) {
  const { facets } = index;
  const marks = [...new Set(state.mark)];
  const markOf = Int8Array.from(state.mark, (mark) => marks.indexOf(mark));
  const divisions = [...new Set(facets.industries.map(([code]) => code.slice(0, 2)))];
  const divisionOf = facets.industries.map(([code]) => divisions.indexOf(code.slice(0, 2)));
  return [
    { name: "tier", values: [...facets.tiers, ""], at: (unit) => (state.tier[index.life[unit]] + facets.tiers.length + 1) % (facets.tiers.length + 1) },
    { name: "status", values: marks, at: (unit) => markOf[index.life[unit]] },
    { name: "kind", values: facets.kinds, at: (unit) => index.kind[unit] },
    { name: "city", values: facets.cities.map(([code]) => code), at: (unit) => index.city(unit) },
    { name: "county", values: facets.counties.map(([, name]) => name ?? ""), at: (unit) => index.county[unit] },
    { name: "industry", values: divisions, at: (unit) => divisionOf[index.industry[unit]] },
    { name: "group", values: facets.industries.map(([code]) => code), at: (unit) => index.industry[unit] },
  ];
}

/**
 * The answer: the units in order, and for every value of every facet how many units it would give with all other
 * choices left as they are.
 */
export function answer(index, asked) {
  const day = asked.on || index.facets.as_of;
  const words = terms(asked.q);
  const scored = words.map((word) => index.scoresOf(word));
  const scores = scored.length ? scored.reduce((all, one) => all.map((score, unit) => Math.min(score, one[unit]))) : null;
  const all = columns(index, index.on(day));
  for (const column of all) {
    column.counts = new Int32Array(column.values.length);
    column.open = asked[column.name].length ? column.values.map((value) => asked[column.name].includes(value)) : null;
  }
  const asking = all.filter((column) => column.open);
  const year = asked.year.length ? Number(asked.year[0]) : null;
  const years = new Map();
  const matched = new Uint8Array(index.size);
  for (let unit = 0; unit < index.size; unit += 1) {
    if (scores && !scores[unit]) { continue; }
    let failed = null;
    let fails = 0;
    for (const column of asking) {
      if (!column.open[column.at(unit)]) { failed = column; fails += 1; }
    }
    if (fails > 1) { continue; }
    const awarded = index.facets.years[index.year[unit]];
    const missed = year !== null && !awarded.includes(year);
    if (fails && missed) { continue; }
    if (!fails) { for (const one of awarded) { years.set(one, (years.get(one) ?? 0) + 1); } }
    if (missed) { continue; }
    if (fails) {
      failed.counts[failed.at(unit)] += 1;
    } else {
      for (const column of all) { column.counts[column.at(unit)] += 1; }
      matched[unit] = scores ? scores[unit] : 1;
    }
  }
  const counts = { year: new Map([...years].map(([one, many]) => [String(one), many])) };
  for (const { name, values, counts: many } of all) {
    counts[name] = new Map();
    values.forEach((value, at) => { counts[name].set(value, (counts[name].get(value) ?? 0) + many[at]); });
  }
  const order = index.order(asked.sort, day);
  const units = [];
  if (scores && !asked.sort) {
    for (let score = 4; score > 0; score -= 1) { for (const unit of order) { if (matched[unit] === score) { units.push(unit); } } }
  } else { for (const unit of order) { if (matched[unit]) { units.push(unit); } } }
  return { day, words, units, counts, cases: words.length && index.cases ? index.casesOf(words, scored) : [] };
}
