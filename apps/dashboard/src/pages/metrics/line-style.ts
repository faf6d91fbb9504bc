/** How the line of one node is drawn: told by its dashes as well as by its colour. */
export interface LineStyle {
  /** The colour's custom property. */
  readonly colour: string;
  readonly dash: readonly number[];
}

const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3], [14, 4], [2, 6]];

/** @param at the node's place among all */
export function lineStyle(at: number): LineStyle {
  return {
    colour: `--term-${at % dashes.length}`,
    dash: dashes[at % dashes.length] ?? [],
  };
}
