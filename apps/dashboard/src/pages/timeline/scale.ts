import type { Span } from '../../core/recording/kept-record.js';

/** From when until when; null for what still lasts. */
interface Lasting {
  readonly from: number;
  readonly to: number | null;
}

/** Where times of a span stand between left and right. */
export class Scale {
  constructor(readonly span: Span) {}

  /** Percent from the left. */
  at(t: number): number {
    const { from, to } = this.span;
    return (100 * (t - from)) / (to - from);
  }

  shows({ from, to }: Lasting): boolean {
    return from <= this.span.to && (to ?? this.span.to) >= this.span.from;
  }

  /** The place and width of a bar, as a style: never so thin that it is not seen. */
  bar({ from, to }: Lasting): string {
    const left = Math.max(0, this.at(from));
    const right = Math.min(100, this.at(to ?? this.span.to));
    return `left: ${left}%; width: max(2px, ${Math.max(0, right - left)}%)`;
  }
}
