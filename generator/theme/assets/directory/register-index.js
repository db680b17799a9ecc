/* The register as the directory searches it: columns by unit, read part by part, and what holds on a day. */

import { dayNumber } from "./days.js";
import { initialsTable, Lines, plain } from "./text.js";

export const NEVER = 0;
/* How good a find is: the number itself, the beginning of a name, somewhere in a name, an earlier name or a spelling. */
const EXACT = 4, BEGINS = 3, HOLDS = 2, OTHER = 1;

/** What all units are on one day, by life (the lives are few, the units many). */
class Day {
  constructor(index, day) {
    const { lives, statuses, within } = index.facets;
    this.mark = new Array(lives.length);
    this.tier = new Int8Array(lives.length).fill(-1);
    this.since = new Int32Array(lives.length).fill(NEVER);
    this.through = new Int32Array(lives.length).fill(NEVER);
    this.then = new Array(lives.length).fill("");
    const rank = (state) => (state >= statuses.length ? state - statuses.length : -1);
    lives.forEach((life, at) => {
      let place = 0;
      while (place + 2 < life.length && life[place + 1] <= day) { place += 2; }
      const state = life[place];
      this.tier[at] = rank(state);
      if (this.tier[at] < 0) {
        this.mark[at] = statuses[state];
        for (let back = place; back > 0; back -= 2) {
          if (rank(life[back - 2]) >= 0) { this.through[at] = life[back - 1] - 1; break; }
        }
        return;
      }
      this.since[at] = life[place - 1];
      let ahead = place;
      while (ahead + 2 < life.length && rank(life[ahead + 2]) >= this.tier[at]) { ahead += 2; }
      if (ahead + 2 < life.length) {
        this.through[at] = life[ahead + 1] - 1;
        this.then[at] = rank(life[ahead + 2]) >= 0 ? "lower" : statuses[life[ahead + 2]];
      }
      this.mark[at] = this.through[at] !== NEVER && this.through[at] <= day + within ? "expiring" : "valid";
    });
  }
}

export class RegisterIndex {
  /** @param parts where each part lies, by name; only what is asked for is read. */
  constructor(parts) {
    this.parts = parts;
    this.reading = {};
    this.ready = false;
    this.days = new Map();
    this.orders = new Map();
  }

  /** Reads a part once; a part that could not be read is asked for again the next time. */
  read(name) {
    this.reading[name] ??= fetch(this.parts[name])
      .then((answer) => {
        if (!answer.ok) { throw new Error(`${name}: ${answer.status}`); }
        return answer.json();
      })
      .then((content) => this[`take_${name}`](content))
      .catch((error) => {
        delete this.reading[name];
        throw error;
      });
    return this.reading[name];
  }

  /** Reads what is needed: to choose among the units, and to search in names, codes and cases. */
  async all(search) {
    await Promise.all(["facets", "names", ...(search ? ["codes", "cases"] : [])].map((name) => this.read(name)));
    if (search) { this.idLines ??= new Lines(this.ids.join("\n")); }
    this.ready = true;
  }

  take_facets(facets) {
    this.facets = facets;
    this.size = facets.life.length;
    for (const name of ["kind", "county", "industry", "year", "life"]) { this[name] = Int32Array.from(facets[name]); }
    this.ids = facets.ids.flatMap(([before, digits, first, many]) =>
      Array.from({ length: many }, (_, at) => before + String(first + at).padStart(digits, "0")));
  }

  take_names(names) {
    this.names = names.units.split("\n");
    this.enterprises = names.enterprises.split("\n");
    this.of = Int32Array.from(names.of);
    this.former = names.former;
    this.nameLines = new Lines(names.units);
    this.enterpriseLines = new Lines(names.enterprises);
    this.formerRows = Object.keys(names.former).map(Number);
    this.formerLines = new Lines(this.formerRows.map((row) => names.former[row].join("/")).join("\n"));
    this.initials = initialsTable(names.initials);
  }

  take_codes({ codes }) {
    this.codes = codes.split("\n");
    this.codeLines = new Lines(codes);
  }

  take_cases(cases) {
    this.cases = cases;
    this.caseTitles = cases.titles ? cases.titles.split("\n") : [];
    this.caseLines = new Lines(cases.titles);
  }

  /** What all units are on a day given as text. */
  on(day) {
    if (!this.days.has(day)) {
      if (this.days.size > 8) { this.days.clear(); this.orders.clear(); }
      this.days.set(day, new Day(this, dayNumber(day)));
    }
    return this.days.get(day);
  }

  city(unit) { return this.facets.counties[this.county[unit]][0]; }

  /** How well each unit answers one word, 0 for not at all. */
  scoresOf(word) {
    const byEnterprise = new Uint8Array(this.enterprises.length);
    const better = (scores) => (score) => (row) => { if (scores[row] < score) { scores[row] = score; } };
    const enterprise = better(byEnterprise);
    this.enterpriseLines.search(word, (row, begins) => enterprise(begins ? BEGINS : HOLDS)(row));
    this.formerLines.search(word, (row) => enterprise(OTHER)(this.formerRows[row]));
    if (this.codeLines && /^[0-9a-z]{2,18}$/.test(word)) {
      this.codeLines.search(word, (row, begins) => enterprise(word.length === 18 ? EXACT : begins ? BEGINS : HOLDS)(row));
    }
    const scores = new Uint8Array(this.size);
    const letters = /^[a-z]{2,}$/.test(word);
    if (letters) { this.enterpriseLines.spelled(word, this.initials, (row) => enterprise(OTHER)(row)); }
    for (let unit = 0; unit < this.size; unit += 1) { scores[unit] = byEnterprise[this.of[unit]]; }
    const unit = better(scores);
    this.nameLines.search(word, (row, begins) => unit(begins ? BEGINS : HOLDS)(row));
    if (letters) { this.nameLines.spelled(word, this.initials, (row) => unit(OTHER)(row)); }
    if (this.idLines && /^\d{4,}$/.test(word)) {
      this.idLines.search(word, (row, begins) => {
        if (begins) { unit(word.length === plain(this.ids[row]).length ? EXACT : BEGINS)(row); }
      });
    }
    return scores;
  }

  /** The cases that answer a question: every word in the title or in what the unit is called, by its scores. */
  casesOf(words, scored) {
    const found = new Uint8Array(this.caseTitles.length).fill(1);
    words.forEach((word, at) => {
      const titles = new Uint8Array(found.length);
      this.caseLines.search(word, (row) => { titles[row] = 1; });
      found.forEach((_, row) => { found[row] &= titles[row] || (scored[at][this.cases.of[row]] ? 1 : 0); });
    });
    return [...found.keys()].filter((row) => found[row]);
  }

  /** All units in an order: by tier, newly listed first, ending first, or by the enterprise's name. */
  order(sort, day) {
    const key = `${sort} ${sort === "name" ? "" : day}`;
    if (!this.orders.has(key)) { this.orders.set(key, this.sorted(sort, this.on(day))); }
    return this.orders.get(key);
  }

  sorted(sort, state) {
    const { life } = this;
    const order = Array.from({ length: this.size }, (_, unit) => unit);
    if (sort === "name") {
      const collator = new Intl.Collator("zh-Hans-CN");
      const places = new Int32Array(this.enterprises.length);
      this.enterprises.map((name, row) => [name, row])
        .sort((one, other) => collator.compare(one[0], other[0]))
        .forEach(([, row], place) => { places[row] = place; });
      return order.sort((one, other) => places[this.of[one]] - places[this.of[other]] || one - other);
    }
    const keys = { new: (unit) => -state.since[life[unit]] };
    keys.end = (unit) => (state.tier[life[unit]] < 0 || state.through[life[unit]] === NEVER ? Infinity : state.through[life[unit]]);
    const key = keys[sort];
    if (!key) { return order.sort((one, other) => state.tier[life[other]] - state.tier[life[one]] || one - other); }
    return order.sort((one, other) => {
      const a = key(one), b = key(other);
      return a === b ? one - other : a < b ? -1 : 1;
    });
  }
}
