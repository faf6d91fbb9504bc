import type { Figure, Kind } from './figure.js';
import { type Nature, type Row, type RowId, type SectionId, sections } from './sections.js';
import type { Subject } from './subject.js';

/** One value of one node, beside the leader's. */
export interface Cell {
  readonly node: string;
  /** null where it is not known, or not there. */
  readonly figure: Figure | null;
  /** Whether it is another than the leader's in a row where that says something. */
  readonly differs: boolean;
  /** How far a number is from the leader's; 0 where it is the same, or is no number that follows. */
  readonly by: number;
  /** Whether it is as it should not be: not merely on its way. */
  readonly odd: boolean;
}

export interface ComparedRow {
  readonly id: RowId;
  readonly nature: Nature;
  readonly cells: readonly Cell[];
  /** Whether those that tell it tell more than one value, in a row where that says something. */
  readonly varied: boolean;
}

export interface ComparedSection {
  readonly id: SectionId;
  readonly rows: readonly ComparedRow[];
}

/** The nodes side by side. Without a leader rows are still varied, but nobody is the one to differ. */
export function compare(subjects: readonly Subject[]): ComparedSection[] {
  const leader = subjects.find(({ node }) => node.leads) ?? null;
  return sections.map(({ id, rows }) => ({
    id,
    rows: rows.map((row: Row<RowId>) => comparedRow(row, subjects, leader)),
  }));
}

function comparedRow(
  row: Row<RowId>,
  subjects: readonly Subject[],
  leader: Subject | null,
): ComparedRow {
  const { id, kind, nature, read } = row;
  const reference = leader && figureOf(kind, read(leader));
  const compared = nature === 'own' ? [] : subjects.filter(isComparable);
  const cells = subjects.map((subject): Cell => {
    const figure = figureOf(kind, read(subject));
    const differs =
      compared.includes(subject) &&
      figure !== null &&
      reference !== null &&
      figure.value !== reference.value;
    return {
      node: subject.node.id,
      figure,
      differs,
      by: nature === 'follow' && differs ? distance(figure, reference) : 0,
      // Entries on their way make numbers differ all the time: only a node that lags is odd.
      odd: differs && (nature === 'agree' || subject.node.differs.lagging),
    };
  });
  const values = new Set(compared.flatMap((subject) => read(subject) ?? []));
  return { id, nature, cells, varied: values.size > 1 };
}

/** What a silent node said is old, and a blank one has nothing to compare yet. */
function isComparable({ node }: Subject): boolean {
  return node.vitality === 'live' && node.membership !== 'blank';
}

function figureOf(kind: Kind, value: Figure['value'] | null | undefined): Figure | null {
  return value === null || value === undefined ? null : ({ kind, value } as Figure);
}

function distance(figure: Figure, reference: Figure): number {
  return typeof figure.value === 'number' && typeof reference.value === 'number'
    ? figure.value - reference.value
    : 0;
}

/** The rows in which nodes differ, without sections that have none. */
export function onlyVaried(compared: readonly ComparedSection[]): ComparedSection[] {
  return compared
    .map(({ id, rows }) => ({ id, rows: rows.filter((row) => row.varied) }))
    .filter(({ rows }) => rows.length > 0);
}
