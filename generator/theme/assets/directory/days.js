/* Days: as text (2025-12-31), as numbers (days since 1970), in words. Nothing here reads a clock. */

export function dayNumber(text) {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / 86400000);
}

export function dayText(number) {
  return new Date(number * 86400000).toISOString().slice(0, 10);
}

export function dayWords(text) {
  const [year, month, day] = text.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

/** Whether a text is a day that exists. */
export function isDay(text) {
  const number = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayNumber(text) : NaN;
  return Number.isFinite(number) && dayText(number) === text;
}
