/* A record between its file and the form. Every value is text, as the register's own reader has it: 6.50 stays 6.50, and a
   code of eighteen digits stays whole. What was not changed keeps its lines, comments and order. */
"use strict";

// Decap is started by form.js, and looks for no configuration of its own.
globalThis.CMS_MANUAL_INIT = true;

const Records = ({ plain, single }) => {
  const KEPT = "_text";
  const EDGE = /^[\s\u200b\u2060\u3000]+|[\s\u200b\u2060\u3000]+$/g;
  const LONG = new Set(["body", "summary"]);
  const KEY = /^([A-Za-z_][A-Za-z0-9_]*):(?=\s|$)/;
  const load = (text) => (text.trim() ? jsyaml.load(text, { schema: jsyaml.FAILSAFE_SCHEMA }) : {}) ?? {};
  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

  function sorted(value) {
    if (Array.isArray(value)) return value.map(sorted);
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
  }

  /* The value that is meant: texts without blanks at their ends, and nothing that is empty. */
  function meant(value, key = "") {
    if (value === null || value === undefined) return undefined;
    if (Array.isArray(value)) {
      const rows = value.map((row) => meant(row)).filter((row) => row !== undefined);
      return rows.length ? rows : undefined;
    }
    if (isMap(value)) {
      const pairs = Object.entries(value)
        .filter(([name]) => !name.startsWith("_"))
        .map(([name, one]) => [name, meant(one, name)])
        .filter(([, one]) => one !== undefined);
      return pairs.length ? Object.fromEntries(pairs) : undefined;
    }
    const text = String(value).replace(/\r\n?/g, "\n");
    if (["~", "null", "Null", "NULL"].includes(text)) return undefined;
    if (LONG.has(key)) return text.replace(/\s+$/, "").replace(/^(?:[ \t]*\n)+/, "") || undefined;
    return text.replace(EDGE, "") || undefined;
  }

  /* The form has lists only: of one row where a record has a mapping, of one value where it has no list. */
  function listed(value) {
    if (Array.isArray(value)) return value.map(listed);
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => {
        if (single.has(key) && isMap(one)) return [key, [listed(one)]];
        if (plain.has(key) && typeof one === "string") return [key, [one]];
        return [key, listed(one)];
      }),
    );
  }

  const wanted = (data) => {
    const value = meant(data) ?? {};
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, single.has(key) && Array.isArray(one) ? one[0] : one]),
    );
  };
  const asRead = (text) => wanted(listed(load(text)));

  function read(text) {
    return { ...listed(meant(load(text)) ?? {}), [KEPT]: text };
  }

  function scalar(text, inside) {
    const safe =
      /^[\p{L}\p{N}（(《“〔/][^\n\t]*$/u.test(text) &&
      !/: |:$| #|\s$/.test(text) &&
      !(inside && /[,[\]{}]|:/.test(text)) &&
      !/^(?:null|Null|NULL)$/.test(text);
    if (safe) return text;
    return text.includes("\n") ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
  }

  function flow(value) {
    if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
    if (isMap(value)) return `{${Object.entries(value).map(([key, one]) => `${key}: ${flow(one)}`).join(", ")}}`;
    return scalar(value, true);
  }

  function block(key, value) {
    if (Array.isArray(value) && isMap(value[0])) return `${key}:\n${value.map((row) => `  - ${flow(row)}\n`).join("")}`;
    if (typeof value !== "string") return `${key}: ${flow(value)}\n`;
    if (key !== "body" && !value.includes("\n")) return `${key}: ${scalar(value, false)}\n`;
    const mark = /^ /.test(value) ? "|2" : "|";
    return `${key}: ${mark}\n${value.split("\n").map((line) => (line ? `  ${line}` : "")).join("\n")}\n`;
  }

  const ordered = (value, order) =>
    Object.keys(value).sort((one, other) => place(order, one) - place(order, other));
  const place = (order, key) => (order.includes(key) ? order.indexOf(key) : order.length);

  /* A file in parts: the lines before a field that belong to it (comments, blank lines), its own lines, and what is left. */
  function parts(text) {
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const found = [];
    let lead = [];
    for (const line of lines) {
      const key = KEY.exec(line)?.[1];
      if (key) {
        found.push({ key, lead, own: [line] });
        lead = [];
      } else if (/^(?:#|\s*$)/.test(line)) {
        lead.push(line);
      } else if (found.length) {
        found.at(-1).own.push(...lead, line);
        lead = [];
      } else {
        return null;
      }
    }
    return { found, tail: lead };
  }

  /* The lines of a list with rows of its own: a row that is the same keeps its lines. */
  function rows(own, before, after) {
    const head = own[0];
    const indent = /^( *)- /.exec(own.slice(1).find((line) => /^ *- /.test(line)) ?? "")?.[1];
    if (indent === undefined || !/^[^:]+:\s*(?:#.*)?\n$/.test(head)) return null;
    const kept = [];
    let lead = [];
    for (const line of own.slice(1)) {
      if (line.startsWith(`${indent}- `)) {
        kept.push({ lead, lines: [line] });
        lead = [];
      } else if (/^\s*(?:#|$)/.test(line)) {
        lead.push(line);
      } else if (kept.length) {
        kept.at(-1).lines.push(...lead, line);
        lead = [];
      } else {
        return null;
      }
    }
    if (kept.length !== before.length) return null;
    const free = new Set(kept.keys());
    const told = after.map((row, at) => {
      const old = [at, ...free].find((one) => free.has(one) && same(before[one], row));
      if (old !== undefined) {
        free.delete(old);
        return [...kept[old].lead, ...kept[old].lines].map(ended).join("");
      }
      return null;
    });
    const written = told.map((lines, at) => {
      if (lines !== null) return lines;
      const comments = free.has(at) ? kept[at].lead : [];
      return `${comments.map(ended).join("")}${indent}- ${flow(after[at])}\n`;
    });
    return ended(head) + written.join("") + lead.join("");
  }

  const ended = (line) => (line.endsWith("\n") ? line : `${line}\n`);

  function edited(text, value, order) {
    const before = asRead(text);
    const split = parts(text);
    if (!split) return null;
    const told = split.found.map(({ key, lead, own }) => {
      const kept = lead.join("");
      if (!(key in value)) return { key, text: key in before ? kept : kept + own.join("") };
      if (same(before[key], value[key])) return { key, text: kept + own.map(ended).join("") };
      const list = Array.isArray(value[key]) && isMap(value[key][0]) && Array.isArray(before[key]);
      return { key, text: kept + ((list && rows(own, before[key], value[key])) || block(key, value[key])) };
    });
    for (const key of ordered(value, order)) {
      if (told.some((one) => one.key === key)) continue;
      const at = told.findLastIndex((one) => place(order, one.key) < place(order, key));
      told.splice(at + 1, 0, { key, text: block(key, value[key]) });
    }
    return told.map((one) => one.text).join("") + split.tail.join("");
  }

  /* The text of a record; read again before it is given, so that an unusual layout costs comments, never a fact. */
  function write(data, order = []) {
    const value = wanted(data);
    const kept = data[KEPT];
    if (kept) {
      const crlf = kept.includes("\r\n");
      const text = kept.replaceAll("\r\n", "\n");
      if (same(asRead(text), value)) return kept;
      const found = edited(text, value, order);
      if (found !== null && agrees(found, value)) return crlf ? found.replaceAll("\n", "\r\n") : found;
    }
    const text = ordered(value, order).map((key) => block(key, value[key])).join("");
    if (!agrees(text, value)) throw new Error("这份记录写不成文件，请在代码库里直接修改。");
    return text;
  }

  function agrees(text, value) {
    try {
      return same(asRead(text), value);
    } catch {
      return false;
    }
  }

  return { read, write };
};
