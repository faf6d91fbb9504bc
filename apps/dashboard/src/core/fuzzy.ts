const wordStart = 4;
const following = 5;

/**
 * How well the letters of a query stand in a text, in this order: null when they do not. Letters at
 * the beginnings of words, and behind each other, count more.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const letters = query.toLowerCase().replaceAll(/\s+/g, '');
  const where = text.toLowerCase();
  let score = 0;
  let last = -1;
  for (const letter of letters) {
    const at = nextPlace(where, letter, last);
    if (at < 0) return null;
    if (startsWord(where, at)) score += wordStart;
    if (last >= 0 && at === last + 1) score += following;
    last = at;
  }
  return score - where.length / 100;
}

/** The next letter itself, else the beginning of a later word, else wherever it comes next. */
function nextPlace(text: string, letter: string, last: number): number {
  if (text[last + 1] === letter) return last + 1;
  for (let at = text.indexOf(letter, last + 1); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (startsWord(text, at)) return at;
  }
  return text.indexOf(letter, last + 1);
}

const startsWord = (text: string, at: number) => at === 0 || /[\s\-“(]/.test(text[at - 1] ?? '');

/** Those that fit, best first; all, in their own order, for an empty query. */
export function fuzzyFilter<T>(items: readonly T[], query: string, text: (item: T) => string): T[] {
  return items
    .flatMap((item) => {
      const score = fuzzyScore(query, text(item));
      return score === null ? [] : [{ item, score: query.trim() === '' ? 0 : score }];
    })
    .sort((one, other) => other.score - one.score)
    .map(({ item }) => item);
}
