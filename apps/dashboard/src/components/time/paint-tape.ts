import type { Mark, Tape } from '../../core/timeline/tape.js';
import type { TapeInk } from './tape-ink.js';

/** Heights of the rows, CSS px, top to bottom: terms, writes with signs, faults. */
export const tapeHeight = 46;
const terms = { top: 0, height: 15 };
const writes = { top: 16, height: 22 };
const faults = { top: 39, height: 6 };

/** A number stands in a band that is this wide. */
const numberedFrom = 14;

const signs: Readonly<Record<Mark['kind'], string>> = {
  won: '★',
  election: '▲',
  membership: '⚙',
  gap: '…',
  started: '↻',
  stopped: '■',
  killed: '✕',
  crashed: '✕',
  paused: '‖',
  resumed: '▸',
};

/** Paints a tape over the whole canvas, whose units are CSS px. */
export function paintTape(
  context: CanvasRenderingContext2D,
  tape: Tape,
  width: number,
  ink: TapeInk,
): void {
  const { from, to } = tape.span;
  const x = (t: number) => ((t - from) / (to - from)) * width;
  context.clearRect(0, 0, width, tapeHeight);
  context.fillStyle = ink.inset;
  context.fillRect(0, 0, width, tapeHeight);
  for (const gap of tape.unheard) {
    hatch(context, x(gap.from), 0, x(gap.to) - x(gap.from), tapeHeight, ink.line);
  }
  paintWrites(context, tape.writes, width, ink);
  paintReigns(context, tape, x, ink);
  for (const fault of tape.faults) {
    const left = x(Math.max(from, fault.from));
    const right = x(Math.min(to, fault.to ?? to));
    hatch(context, left, faults.top, Math.max(2, right - left), faults.height, ink.warn);
  }
  paintMarks(context, tape.marks, x, ink);
}

function paintReigns(
  context: CanvasRenderingContext2D,
  tape: Tape,
  x: (t: number) => number,
  ink: TapeInk,
): void {
  context.font = `600 10px ${ink.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const { from, to, term, leader } of tape.reigns) {
    const left = x(from);
    const width = Math.max(1, x(to) - left);
    const colour = ink.terms[term % ink.terms.length] ?? ink.soft;
    if (leader === null) {
      hatch(context, left, terms.top, width, terms.height, ink.crit);
      continue;
    }
    context.fillStyle = ink.surface;
    context.fillRect(left, terms.top, width, terms.height);
    context.fillStyle = colour;
    // The number stands in ink on the surface: the band itself is told by its edges.
    context.fillRect(left, terms.top, width, 4);
    context.fillRect(left, terms.top, 2, terms.height);
    if (width < numberedFrom) continue;
    context.fillStyle = ink.ink;
    const words = [`${term}`, `${term} ${leader}`].findLast(
      (text) => context.measureText(text).width + 8 < width,
    );
    if (words !== undefined) context.fillText(words, left + 5, terms.top + 10);
  }
}

function paintWrites(
  context: CanvasRenderingContext2D,
  counts: readonly number[],
  width: number,
  ink: TapeInk,
): void {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  context.fillStyle = ink.writes;
  context.globalAlpha = 0.45;
  counts.forEach((count, at) => {
    if (count === 0) return;
    const height = Math.max(1, (count / most) * (writes.height - 2));
    context.fillRect(at * step, writes.top + writes.height - height, Math.ceil(step), height);
  });
  context.globalAlpha = 1;
}

function paintMarks(
  context: CanvasRenderingContext2D,
  marks: readonly Mark[],
  x: (t: number) => number,
  ink: TapeInk,
): void {
  context.font = `700 11px ${ink.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { t, kind } of marks) {
    context.fillStyle = kind === 'killed' || kind === 'crashed' ? ink.crit : ink.ink;
    context.fillRect(Math.round(x(t)), writes.top, 1, writes.height);
    // The sign stands on a ground of its own, so that it is read above bars and lines.
    context.fillStyle = ink.inset;
    context.fillRect(x(t) - 5, writes.top + 2, 10, 11);
    context.fillStyle = kind === 'killed' || kind === 'crashed' ? ink.crit : ink.ink;
    context.fillText(signs[kind], x(t), writes.top + 8);
  }
}

/** Slanted lines within a box. */
function hatch(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  colour: string,
): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let at = -height; at < width; at += 5) {
    context.moveTo(left + at, top + height);
    context.lineTo(left + at + height, top);
  }
  context.stroke();
  context.restore();
}
