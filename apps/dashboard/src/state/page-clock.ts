/** Page time: the wall clock as it was when the page came, and from then on never back, ms. */
export function pageTime(): number {
  return performance.timeOrigin + performance.now();
}
