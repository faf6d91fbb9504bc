import type { Progress } from '@quorate/contract';
import { type NodeLog, termAt } from '../../core/logs/node-log.js';
import { cellOf, markOf } from '../../core/stage/log-cells.js';
import { integer } from '../../core/words.js';
import { hatch } from '../ui/hatch.js';
import { termColour } from '../ui/palette.js';
import type { Pen } from '../ui/pen.js';

/** Sizes of the picture, px. */
export const cell = { width: 26, height: 22, gap: 2 };
export const rowHeight = 52;
export const head = { width: 44, height: 20 };

/** What is drawn: the logs from an index on. */
export interface Matrix {
  readonly logs: readonly NodeLog[];
  readonly leader: NodeLog | null;
  /** What the leader knows of each follower. */
  readonly progress: readonly Progress[];
  readonly from: number;
  readonly columns: number;
  /** The last index that any node has. */
  readonly end: number;
  /** The cell that the keyboard is at; null while it is elsewhere. */
  readonly cursor: { readonly row: number; readonly index: number } | null;
}

export const columnsIn = (width: number): number =>
  Math.max(1, Math.floor((width - head.width) / (cell.width + cell.gap)));

const leftOf = (matrix: Matrix, index: number): number =>
  head.width + (index - matrix.from) * (cell.width + cell.gap);
const topOf = (row: number): number => head.height + row * rowHeight + 12;

export function paintMatrix(pen: Pen, matrix: Matrix): void {
  pen.context.textAlign = 'center';
  pen.context.textBaseline = 'middle';
  paintIndexes(pen, matrix);
  matrix.logs.forEach((log, row) => paintRow(pen, matrix, log, row));
}

function paintIndexes({ context, palette }: Pen, matrix: Matrix): void {
  context.font = '10px system-ui, sans-serif';
  context.fillStyle = palette['ink-faint'];
  for (let index = matrix.from; index < matrix.from + matrix.columns; index++) {
    if (index % 5 !== 0) continue;
    context.fillText(integer(index), leftOf(matrix, index) + cell.width / 2, head.height / 2);
  }
}

function paintRow(pen: Pen, matrix: Matrix, log: NodeLog, row: number): void {
  const { context, palette } = pen;
  const top = topOf(row);
  context.font = '600 12px system-ui, sans-serif';
  context.fillStyle = palette.ink;
  context.textAlign = 'left';
  context.fillText(log.id, 2, top + cell.height / 2, head.width - 6);
  context.textAlign = 'center';
  const last = matrix.from + matrix.columns - 1;
  paintFold(pen, matrix, log, row);
  for (let index = Math.max(matrix.from, log.first); index <= last; index++) {
    paintCell(pen, matrix, log, index, leftOf(matrix, index), top);
  }
  paintBars(pen, matrix, log, top + cell.height + 3);
  const progress = matrix.progress.find(({ id }) => id === log.id);
  if (progress) paintProgress(pen, matrix, progress, top - 6);
  if (matrix.cursor?.row === row) {
    context.lineWidth = 2;
    context.strokeStyle = palette.ink;
    context.setLineDash([]);
    const left = leftOf(matrix, matrix.cursor.index);
    context.strokeRect(left - 1, top - 1, cell.width + 2, cell.height + 2);
  }
}

/** What a snapshot stands for is one wide cell. */
function paintFold({ context, palette }: Pen, matrix: Matrix, log: NodeLog, row: number): void {
  const folded = Math.min(log.first - 1, matrix.from + matrix.columns - 1);
  if (folded < matrix.from) return;
  const left = leftOf(matrix, matrix.from);
  const width = leftOf(matrix, folded) + cell.width - left;
  context.fillStyle = palette.inset;
  context.strokeStyle = palette['control-line'];
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  context.roundRect(left + 0.5, topOf(row) + 0.5, width - 1, cell.height - 1, 4);
  context.fill();
  context.stroke();
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = palette['ink-soft'];
  const middle = topOf(row) + cell.height / 2;
  context.fillText(`1…${integer(log.first - 1)} ⤓`, left + width / 2, middle, width - 4);
}

function paintCell(
  { context, palette }: Pen,
  { leader, end }: Matrix,
  log: NodeLog,
  index: number,
  left: number,
  top: number,
): void {
  const state = cellOf(log, leader, end, index);
  if (state === 'unwritten') return;
  context.lineWidth = 1;
  if (state === 'missing') {
    context.strokeStyle = palette['control-line'];
    context.setLineDash([2, 3]);
    context.strokeRect(left + 0.5, top + 0.5, cell.width - 1, cell.height - 1);
    return;
  }
  const term = termAt(log, index);
  const colour = term === null ? palette.gone : termColour(palette, term);
  const solid = state === 'committed' || state === 'applied';
  context.setLineDash([]);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  if (solid) {
    context.globalAlpha = 0.26;
    context.fillRect(left, top, cell.width, cell.height);
    context.globalAlpha = 1;
    context.fillRect(left, top, cell.width, 3);
  } else {
    context.globalAlpha = 0.35;
    hatch(context, { left, top, ...cell });
    context.globalAlpha = 1;
    context.lineWidth = state === 'conflicting' ? 2 : 1.2;
    context.strokeRect(left + 0.6, top + 0.6, cell.width - 1.2, cell.height - 1.2);
  }
  // The first entry of a term has a heavy edge.
  if (term !== null && index > log.first && termAt(log, index - 1) !== term) {
    context.fillRect(left - 1, top, 3, cell.height);
  }
  context.font = '600 11px ui-monospace, monospace';
  context.fillStyle = palette.ink;
  context.fillText(term === null ? '?' : String(term), left + cell.width / 2, top + 12.5);
  paintMark(context, palette, log, index, state === 'conflicting', left, top);
}

function paintMark(
  context: CanvasRenderingContext2D,
  palette: Pen['palette'],
  log: NodeLog,
  index: number,
  conflicts: boolean,
  left: number,
  top: number,
): void {
  const mark = markOf(log, index);
  if (!conflicts && !mark) return;
  context.font = '10px system-ui, sans-serif';
  context.fillStyle = conflicts ? palette.crit : palette['ink-soft'];
  const sign = conflicts ? '✂' : mark === 'configuration' ? '⚙' : '∅';
  context.fillText(sign, left + cell.width - 5.5, top + cell.height - 5);
}

/** How far the node is: on its disk, with the quorum, with its state machine. */
function paintBars({ context, palette }: Pen, matrix: Matrix, log: NodeLog, top: number): void {
  const bars = [
    [log.durable, palette['ink-faint'], 1.5],
    [log.commit, palette.ink, 2.5],
    [log.applied, palette.follower, 2.5],
  ] as const;
  bars.forEach(([upTo, colour, height], at) => {
    const last = Math.min(upTo, matrix.from + matrix.columns - 1);
    if (last < matrix.from) return;
    const right = leftOf(matrix, last) + cell.width;
    context.fillStyle = colour;
    context.fillRect(head.width, top + at * 4, right - head.width, height);
    if (last === upTo) context.fillRect(right - 2, top + at * 4 - 1, 2, height + 2);
  });
}

/** A dot where the follower's log is known to match, an arrow at the next entry to be sent. */
function paintProgress(
  { context, palette }: Pen,
  matrix: Matrix,
  { match, next }: Progress,
  middle: number,
): void {
  context.fillStyle = palette.leader;
  const last = matrix.from + matrix.columns - 1;
  if (match >= matrix.from && match <= last) {
    context.beginPath();
    context.arc(leftOf(matrix, match) + cell.width / 2, middle, 3.2, 0, 2 * Math.PI);
    context.fill();
  }
  if (next < matrix.from || next > last) return;
  const x = leftOf(matrix, next) + cell.width / 2;
  context.beginPath();
  context.moveTo(x - 4.5, middle - 3.5);
  context.lineTo(x + 4.5, middle - 3.5);
  context.lineTo(x, middle + 4);
  context.fill();
}
