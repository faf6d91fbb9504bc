import type { Point } from '../../core/cluster/ring-layout.js';
import { type ElectionTimer } from '../../core/stage/election-timer.js';
import type { Traffic } from '../../core/stage/traffic.js';
import type { Pen } from '../ui/pen.js';
import type { Lanes } from './lanes.js';

/** Messages a second of the spectator's time on one link: beyond it they are drawn as a flow. */
export const denseRate = 60;

/** A stream of dashes along each link that carries too much to be told apart, as wide as its rate. */
export function paintFlows(
  { context, palette }: Pen,
  traffic: Iterable<Traffic>,
  lanes: Lanes,
  { speed, moved }: { readonly speed: number; readonly moved: number },
): void {
  context.save();
  context.strokeStyle = palette['ink-soft'];
  context.setLineDash([9, 7]);
  context.lineDashOffset = -moved;
  for (const { from, to, rate } of traffic) {
    const lane = lanes.get(from)?.get(to);
    if (!lane || rate * speed <= denseRate) continue;
    context.lineWidth = Math.min(7, 1 + Math.log2((rate * speed) / denseRate));
    context.beginPath();
    context.moveTo(lane.from.x, lane.from.y);
    context.lineTo(lane.to.x, lane.to.y);
    context.stroke();
  }
  context.restore();
}

/** The arc around a node that runs down until it stands for election. */
export function paintTimer(
  { context, palette }: Pen,
  { x, y }: Point,
  radius: number,
  { endsAt, longestMs }: ElectionTimer,
  t: number,
): void {
  const left = Math.min(1, Math.max(0, (endsAt - t) / longestMs));
  context.lineWidth = 3.5;
  context.strokeStyle = palette.line;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
  context.strokeStyle = palette.follower;
  context.beginPath();
  context.arc(x, y, radius, -Math.PI / 2, -Math.PI / 2 + left * 2 * Math.PI);
  context.stroke();
}
