/** The way of a message. */
export interface Way {
  readonly from: string;
  readonly to: string;
}

export const isSameWay = (one: Way, other: Way): boolean =>
  one.from === other.from && one.to === other.to;

/** Ways in pairs where both directions are there: each pair is told once. */
export function paired(ways: readonly Way[]): (Way & { readonly both: boolean })[] {
  const told: (Way & { readonly both: boolean })[] = [];
  for (const way of ways) {
    const back = { from: way.to, to: way.from };
    if (told.some((one) => isSameWay(one, way) || (one.both && isSameWay(one, back)))) continue;
    told.push({ ...way, both: ways.some((other) => isSameWay(other, back)) });
  }
  return told;
}
