import type { Point } from '../../core/cluster/ring-layout.js';

/** The way of messages from one node to another, beside that of their answers. */
export interface Lane {
  readonly from: Point;
  readonly to: Point;
}

/** By sender, then by receiver: looked up many times a frame. */
export type Lanes = ReadonlyMap<string, ReadonlyMap<string, Lane>>;

/** How far a lane lies to the right of the middle, px. */
const aside = 6;

/** @param radius of a node; lanes end a little before it */
export function lanesBetween(places: ReadonlyMap<string, Point>, radius: number): Lanes {
  return new Map(
    [...places].map(([from, a]) => [
      from,
      new Map(
        [...places].flatMap(([to, b]) =>
          from === to ? [] : [[to, laneOf(a, b, radius)] as const],
        ),
      ),
    ]),
  );
}

function laneOf(a: Point, b: Point, radius: number): Lane {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const along = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
  const shift = { x: -along.y * aside, y: along.x * aside };
  return {
    from: { x: a.x + along.x * radius + shift.x, y: a.y + along.y * radius + shift.y },
    to: { x: b.x - along.x * radius + shift.x, y: b.y - along.y * radius + shift.y },
  };
}

export const along = ({ from, to }: Lane, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});
