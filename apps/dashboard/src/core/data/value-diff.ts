import { diffArrays } from 'diff';

/** Lines shown around a difference. */
const context = 3;
/** Two texts that differ in more lines than this are not compared: nobody would read it. */
const maxEdits = 2_000;

/** One line of the comparison, with its number in each of the two texts. */
export type DiffLine =
  | {
      readonly kind: 'same' | 'theirs' | 'yours';
      readonly text: string;
      readonly theirs: number | null;
      readonly yours: number | null;
    }
  /** So many lines are the same in both. */
  | { readonly kind: 'folded'; readonly lines: number };

/** What stands there against what was to be written, line by line; null when they differ too much. */
export function diffValues(theirs: string, yours: string): DiffLine[] | null {
  const changes = diffArrays(theirs.split('\n'), yours.split('\n'), { maxEditLength: maxEdits });
  if (changes === undefined) return null;
  const lines: DiffLine[] = [];
  let theirLine = 1;
  let yourLine = 1;
  changes.forEach(({ value: texts, added, removed }, at) => {
    const kind = removed ? 'theirs' : added ? 'yours' : 'same';
    const numbered = texts.map((text, i): DiffLine => {
      return {
        kind,
        text,
        theirs: kind === 'yours' ? null : theirLine + i,
        yours: kind === 'theirs' ? null : yourLine + i,
      };
    });
    if (kind !== 'yours') theirLine += texts.length;
    if (kind !== 'theirs') yourLine += texts.length;
    lines.push(
      ...(kind === 'same' ? folded(numbered, at === 0, at === changes.length - 1) : numbered),
    );
  });
  return lines;
}

function folded(lines: readonly DiffLine[], isFirst: boolean, isLast: boolean): DiffLine[] {
  const head = isFirst ? 0 : context;
  const tail = isLast ? 0 : context;
  const hidden = lines.length - head - tail;
  if (hidden <= 1) return [...lines];
  return [
    ...lines.slice(0, head),
    { kind: 'folded', lines: hidden },
    ...lines.slice(lines.length - tail),
  ];
}
