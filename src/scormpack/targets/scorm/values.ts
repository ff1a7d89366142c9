// How SCORM writes and reads numbers and texts.

/** A platform's decimal, or null where it is empty or none. */
export function decimal(text: string): number | null {
  const value = parseFloat(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : null;
}

/** A pass mark, 1 to 100. A platform that says 0 means that it has none. */
export function mark(value: number | null): number | null {
  return value !== null && value > 0 && value <= 100 ? Math.round(value * 100) / 100 : null;
}

/** A number without an exponent and without needless zeros. */
export function plain(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

/** Another number, as near as can be, that no platform can take for the same. */
export function nearly(value: number, decimals: number): string {
  const step = 10 ** -decimals;
  return plain(value >= step ? value - step : value + step, decimals);
}

export function two(value: number): string {
  return String(Math.floor(value)).padStart(2, "0");
}
