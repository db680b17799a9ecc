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

/** For each facet, the value that each unit has there, as the place of its column. */
function columns(index, state) {
  const { facets } = index;
  return {
    tier: (unit) => facets.tiers[state.tier[index.life[unit]]] ?? "",
    status: (unit) => state.mark[index.life[unit]],
    kind: (unit) => facets.kinds[index.kind[unit]],
    city: (unit) => facets.cities[index.city(unit)][0],
    county: (unit) => facets.counties[index.county[unit]][1] ?? "",
    industry: (unit) => facets.industries[index.industry[unit]][0].slice(0, 2),
    group: (unit) => facets.industries[index.industry[unit]][0],
  };
}

/**
 * The answer: the units in order, and for every value of every facet how many units it would give with all other
 * choices left as they are.
 */
export function answer(index, asked) {
  const day = asked.on || index.facets.as_of;
  const words = terms(asked.q);
  const scores = words.length ? index.scores(words) : null;
  const value = columns(index, index.on(day));
  const names = Object.keys(value);
  const chosen = Object.fromEntries(names.map((name) => [name, asked[name].length ? new Set(asked[name]) : null]));
  const year = asked.year.length ? Number(asked.year[0]) : null;
  const counts = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
  const count = (name, key) => counts[name].set(key, (counts[name].get(key) ?? 0) + 1);
  const matched = new Uint8Array(index.size);
  for (let unit = 0; unit < index.size; unit += 1) {
    if (scores && !scores[unit]) { continue; }
    let failed = null;
    let fails = 0;
    for (const name of names) {
      if (chosen[name] && !chosen[name].has(value[name](unit))) {
        failed = name;
        fails += 1;
        if (fails > 1) { break; }
      }
    }
    const years = index.facets.years[index.year[unit]];
    if (year !== null && fails < 2 && !years.includes(year)) { failed = "year"; fails += 1; }
    if (fails > 1) { continue; }
    for (const name of fails ? [failed] : names) { if (name !== "year") { count(name, value[name](unit)); } }
    if (!fails || failed === "year") { for (const one of years) { count("year", String(one)); } }
    if (!fails) { matched[unit] = scores ? scores[unit] : 1; }
  }
  const order = index.order(asked.sort, day);
  const units = [];
  if (scores && !asked.sort) {
    for (let score = 4; score > 0; score -= 1) { for (const unit of order) { if (matched[unit] === score) { units.push(unit); } } }
  } else { for (const unit of order) { if (matched[unit]) { units.push(unit); } } }
  return { day, words, units, counts, cases: words.length && index.cases ? index.casesOf(words) : [] };
}
