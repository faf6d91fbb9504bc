import type { Unit } from '../../core/metrics/measures.js';
import { integer } from '../../core/words.js';

/** Of what one unit is made in which figures are told. */
const scales: Partial<Record<Unit, number>> = { bytes: 1024 * 1024, share: 0.01 };

export function scaled(figure: number, unit: Unit): number {
  return figure / (scales[unit] ?? 1);
}

/** `1 240`, `12.4`, `0.35`: three digits where they are worth something; – for none. */
export function figureText(figure: number | null, unit: Unit): string {
  if (figure === null) return '–';
  const value = scaled(figure, unit);
  if (value >= 100 || Number.isInteger(value)) return integer(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : 2);
}
