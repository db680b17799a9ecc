/* How names and questions are compared: full and half width, case, blanks, brackets and other signs make no difference. */

const SIGNS = /[^\S\n]+|[-_.·•‧・．()（）[\]［］【】〔〕{}<>《》〈〉"'“”‘’「」、，,。;；:：/\\&+*#|~—–―]/gu;

/** The form in which texts are compared; line ends are kept. */
export function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(SIGNS, "");
}

/** The words of a question: each must be found somewhere. */
export function terms(question) {
  return [...new Set(question.split(/\s+/u).map(plain).filter(Boolean))].slice(0, 8);
}

/** Lines of text in one string, with the line that a place lies in. */
export class Lines {
  constructor(text) {
    this.text = plain(text);
    this.starts = [0];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) { this.starts.push(at + 1); }
  }

  /** Calls `found(line, atItsStart)` once for each line that holds a term. */
  search(term, found) {
    let line = 0;
    for (let at = this.text.indexOf(term); at >= 0;) {
      while (line + 1 < this.starts.length && this.starts[line + 1] <= at) { line += 1; }
      found(line, at === this.starts[line]);
      if (line + 1 >= this.starts.length) { return; }
      at = this.text.indexOf(term, this.starts[line + 1]);
    }
  }

  /** The same for the first letters of the readings of a line's characters. */
  spelled(letters, initials, found) {
    const wanted = [...letters].map((letter) => 1 << (letter.charCodeAt(0) - 97));
    const { text } = this;
    let line = 0;
    for (let at = 0; at <= text.length - wanted.length; at += 1) {
      let length = 0;
      while (length < wanted.length && initials[text.charCodeAt(at + length)] & wanted[length]) { length += 1; }
      if (length < wanted.length) { continue; }
      while (line + 1 < this.starts.length && this.starts[line + 1] <= at) { line += 1; }
      found(line, at === this.starts[line]);
      if (line + 1 >= this.starts.length) { return; }
      at = this.starts[line + 1] - 1;
    }
  }
}

/** A table from UTF-16 code unit to a set of letters, one bit each. */
export function initialsTable(letters) {
  const table = new Uint32Array(65536);
  for (let at = 0; at < 26; at += 1) { table[97 + at] |= 1 << at; }
  for (const [letter, characters] of Object.entries(letters)) {
    for (const character of characters) {
      if (character.length === 1) { table[character.charCodeAt(0)] |= 1 << (letter.charCodeAt(0) - 97); }
    }
  }
  return table;
}

/** Puts a text into an element, the parts that answer a question in <mark>. */
export function mark(element, text, words) {
  const places = [];
  let compared = "";
  let at = 0;
  for (const character of text) {
    for (const unit of plain(character)) {
      compared += unit;
      for (let half = 0; half < unit.length; half += 1) { places.push([at, at + character.length]); }
    }
    at += character.length;
  }
  const spans = words
    .map((word) => [compared.indexOf(word), word.length])
    .filter(([from]) => from >= 0)
    .map(([from, length]) => [places[from][0], places[from + length - 1][1]])
    .sort((one, other) => one[0] - other[0]);
  let done = 0;
  element.textContent = "";
  for (const [from, to] of spans) {
    if (from < done) { continue; }
    element.append(text.slice(done, from));
    element.append(Object.assign(document.createElement("mark"), { textContent: text.slice(from, to) }));
    done = to;
  }
  element.append(text.slice(done));
}
