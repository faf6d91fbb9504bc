import { end, lingerMs, progress, start } from '../../core/stage/choreography.js';
import { type Flight, fateAt } from '../../core/flights/flight.js';
import {
  isPositive,
  isReply,
  messageKinds,
  type MessageKind,
} from '../../core/flights/message-kind.js';
import type { Series } from '../../core/history/series.js';
import { termColour } from '../ui/palette.js';
import type { Pen } from '../ui/pen.js';
import { along, type Lane, type Lanes } from './lanes.js';
import { messageShapes } from './message-shapes.js';

/** What is to be seen of the flights. */
export interface Shown {
  readonly flights: Series<Flight>;
  /** The longest that any flight took, ms. */
  readonly longestMs: number;
  readonly lanes: Lanes;
  readonly t: number;
  readonly speed: number;
  readonly leastMs: number;
  readonly hidden: ReadonlySet<MessageKind>;
  /** Whether a link carries so much that single messages cannot be seen. */
  readonly isDense: (from: string, to: string) => boolean;
}

/** Sprites that are drawn at most: more cannot be told apart, and cost the frame. */
const mostSprites = 600;
/** Kinds that are seldom, and what people look for: drawn however dense the rest is. */
const always: ReadonlySet<MessageKind | null> = new Set<MessageKind | null>([
  'pre-vote',
  'vote',
  'snapshot',
  'timeout-now',
  'membership',
]);

/** Calls back for each flight that can be seen, the oldest first. */
export function forEachSeen(
  { flights, longestMs, lanes, t, speed, leastMs, hidden, isDense }: Shown,
  take: (flight: Flight, lane: Lane, done: number) => void,
): void {
  const linger = lingerMs * speed;
  const all = flights.all();
  const until = flights.countUntil(t + leastMs);
  for (let at = flights.countUntil(t - longestMs - 2 * leastMs - linger); at < until; at++) {
    const flight = all[at];
    const lane = flight && lanes.get(flight.from)?.get(flight.to);
    if (!flight || !lane) continue;
    const { kind } = flight;
    if (kind && hidden.has(kind)) continue;
    if (!always.has(kind) && isDense(flight.from, flight.to)) continue;
    const done = progress(flight, t, leastMs);
    const stays = flight.receivedAt === null ? 1 + linger / leastMs : 1;
    if (done >= 0 && done <= stays) take(flight, lane, done);
  }
}

export function paintFlights({ context, palette }: Pen, shown: Shown): void {
  let sprites = 0;
  context.lineWidth = 1.4;
  forEachSeen(shown, (flight, lane, done) => {
    if (++sprites > mostSprites) return;
    const share = start(flight) + (end(flight) - start(flight)) * Math.min(1, done);
    const x = lane.from.x + (lane.to.x - lane.from.x) * share;
    const y = lane.from.y + (lane.to.y - lane.from.y) * share;
    context.translate(x, y);
    if (done > 1) paintLoss(context, palette.crit, flight, shown.t);
    else paintMessage(context, termColour(palette, flight.message.term), palette.surface, flight);
    context.translate(-x, -y);
  });
}

const paths = new Map<MessageKind | 'unknown', Path2D>();

function pathOf(kind: MessageKind | null): Path2D {
  if (paths.size === 0) {
    for (const name of [...messageKinds, 'unknown'] as const) {
      paths.set(name, new Path2D(messageShapes[name]));
    }
  }
  return paths.get(kind ?? 'unknown') ?? new Path2D();
}

function paintMessage(
  context: CanvasRenderingContext2D,
  colour: string,
  ground: string,
  { message, kind }: Flight,
): void {
  const path = pathOf(kind);
  context.strokeStyle = colour;
  if (!isReply(message)) {
    context.fillStyle = colour;
    context.fill(path, 'evenodd');
    return;
  }
  context.fillStyle = ground;
  context.fill(path);
  context.stroke(path);
  if (message.type !== 'heartbeat-response') paintSign(context, isPositive(message) === true);
}

/** `+` or `−` to the upper right of an answer. */
function paintSign(context: CanvasRenderingContext2D, positive: boolean): void {
  context.beginPath();
  context.moveTo(5, -8);
  context.lineTo(11, -8);
  if (positive) {
    context.moveTo(8, -11);
    context.lineTo(8, -5);
  }
  context.stroke();
}

/** A cross where it was lost, a question mark where nobody has told of its arrival. */
function paintLoss(
  context: CanvasRenderingContext2D,
  colour: string,
  flight: Flight,
  t: number,
): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  if (fateAt(flight, t) !== 'lost') {
    context.fillText('?', -3, 4);
    return;
  }
  context.beginPath();
  context.moveTo(-4, -4);
  context.lineTo(4, 4);
  context.moveTo(4, -4);
  context.lineTo(-4, 4);
  context.stroke();
  if (flight.message.type !== 'heartbeat') context.fillText(flight.loss?.reason ?? '', 9, 4);
}

/** The flight that is seen nearest to a point, if it is near enough to be meant. */
export function flightNear(shown: Shown, x: number, y: number, reach = 14): Flight | null {
  let nearest: Flight | null = null;
  let least = reach;
  forEachSeen(shown, (flight, lane, done) => {
    const point = along(lane, start(flight) + (end(flight) - start(flight)) * Math.min(1, done));
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance >= least) return;
    least = distance;
    nearest = flight;
  });
  return nearest;
}
