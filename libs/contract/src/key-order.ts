/**
 * The order in which keys are listed: by code point, which is the order of their UTF-8 bytes, and
 * the same in every language. JavaScript's own `<` orders by UTF-16 unit, and so puts U+1F600 before
 * U+FF5E.
 */
export function compareKeys(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Moves surrogates (of code points beyond U+FFFF) behind every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
