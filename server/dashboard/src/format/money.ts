/** U+202F: groups digits and glues the unit, so that a price never breaks over two lines. */
const NARROW = '\u202f';
const UNITS: Record<string, string> = { XOF: 'F', XAF: 'F', GNF: 'FG' };

/**
 * `15000, 'XOF'` → `15 000 F`, the same in every language. The amount is an integer count of a
 * currency without minor unit. The only function of the pages that formats money.
 */
export function money(amount: number, currency: string): string {
  return `${grouped(amount)}${NARROW}${UNITS[currency] ?? currency}`;
}

/** `342000` → `342 000`. */
export function grouped(amount: number): string {
  const digits = String(Math.abs(Math.trunc(amount)));
  const groups = digits.replace(/\B(?=(\d{3})+(?!\d))/g, NARROW);
  return amount < 0 ? `\u2212${groups}` : groups;
}
