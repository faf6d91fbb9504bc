import type { Point } from '../cluster/ring-layout.js';

/** A line drawn across the ring. */
export interface Stroke {
  readonly from: Point;
  readonly to: Point;
}

/** Who stands left of a line, as it goes on beyond both its ends; null when it parts nobody. */
export function cutOff(
  stroke: Stroke,
  places: readonly { readonly id: string; readonly at: Point }[],
): string[] | null {
  const left = places.filter(({ at }) => side(stroke, at) < 0).map(({ id }) => id);
  return left.length === 0 || left.length === places.length ? null : left;
}

/** Below zero on the one side, above on the other. */
function side({ from, to }: Stroke, point: Point): number {
  return (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
}
