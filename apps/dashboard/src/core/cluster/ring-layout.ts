export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the nodes stand: on a circle around the origin, the first at the top, clockwise. */
export function ringLayout(count: number, radius: number): Point[] {
  return Array.from({ length: count }, (_, at) => {
    const angle = (at / count) * 2 * Math.PI - Math.PI / 2;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}

/** The line between two discs of this radius, from edge to edge. */
export function between(from: Point, to: Point, radius: number): [Point, Point] {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const step = { x: ((to.x - from.x) / length) * radius, y: ((to.y - from.y) / length) * radius };
  return [
    { x: from.x + step.x, y: from.y + step.y },
    { x: to.x - step.x, y: to.y - step.y },
  ];
}
