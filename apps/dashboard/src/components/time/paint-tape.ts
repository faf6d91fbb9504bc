import type { Mark, Tape } from '../../core/timeline/tape.js';
import { hatch } from '../ui/hatch.js';
import { termColour } from '../ui/palette.js';
import type { Pen } from '../ui/pen.js';

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

/** Paints a tape over the whole canvas. */
export function paintTape(pen: Pen, tape: Tape): void {
  const { context, palette, width } = pen;
  const { from, to } = tape.span;
  const x = (t: number) => ((t - from) / (to - from)) * width;
  context.fillStyle = palette.inset;
  context.fillRect(0, 0, width, tapeHeight);
  context.lineWidth = 1.5;
  context.strokeStyle = palette.line;
  for (const gap of tape.unheard) {
    const box = { left: x(gap.from), width: x(gap.to) - x(gap.from) };
    hatch(context, { ...box, top: 0, height: tapeHeight });
  }
  paintWrites(pen, tape.writes);
  paintReigns(pen, tape.reigns, x);
  context.strokeStyle = palette.warn;
  for (const fault of tape.faults) {
    const left = x(Math.max(from, fault.from));
    const right = x(Math.min(to, fault.to ?? to));
    hatch(context, { left, width: Math.max(2, right - left), ...faults });
  }
  paintMarks(pen, tape.marks, x);
}

function paintReigns(
  { context, palette }: Pen,
  reigns: Tape['reigns'],
  x: (t: number) => number,
): void {
  context.font = '600 10px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const { from, to, term, leader } of reigns) {
    const left = x(from);
    const width = Math.max(1, x(to) - left);
    if (leader === null) {
      context.strokeStyle = palette.crit;
      hatch(context, { left, width, ...terms });
      continue;
    }
    context.fillStyle = palette.surface;
    context.fillRect(left, terms.top, width, terms.height);
    context.fillStyle = termColour(palette, term);
    // The number stands in ink on the surface: the band itself is told by its edges.
    context.fillRect(left, terms.top, width, 4);
    context.fillRect(left, terms.top, 2, terms.height);
    if (width < numberedFrom) continue;
    context.fillStyle = palette.ink;
    const words = [`${term}`, `${term} ${leader}`].findLast(
      (text) => context.measureText(text).width + 8 < width,
    );
    if (words !== undefined) context.fillText(words, left + 5, terms.top + 10);
  }
}

function paintWrites({ context, palette, width }: Pen, counts: readonly number[]): void {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  context.fillStyle = palette.follower;
  context.globalAlpha = 0.45;
  counts.forEach((count, at) => {
    if (count === 0) return;
    const height = Math.max(1, (count / most) * (writes.height - 2));
    context.fillRect(at * step, writes.top + writes.height - height, Math.ceil(step), height);
  });
  context.globalAlpha = 1;
}

function paintMarks(
  { context, palette }: Pen,
  marks: readonly Mark[],
  x: (t: number) => number,
): void {
  context.font = '700 11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { t, kind } of marks) {
    context.fillStyle = kind === 'killed' || kind === 'crashed' ? palette.crit : palette.ink;
    context.fillRect(Math.round(x(t)), writes.top, 1, writes.height);
    // The sign stands on a ground of its own, so that it is read above bars and lines.
    context.fillStyle = palette.inset;
    context.fillRect(x(t) - 5, writes.top + 2, 10, 11);
    context.fillStyle = kind === 'killed' || kind === 'crashed' ? palette.crit : palette.ink;
    context.fillText(signs[kind], x(t), writes.top + 8);
  }
}
