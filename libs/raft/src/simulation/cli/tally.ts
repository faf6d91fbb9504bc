import { addCounts, noCounts } from '../counts.js';
import type { FaultKind } from '../faults/fault.js';
import type { SimulationReport } from '../report.js';

/** What many runs add up to. */
export class Tally {
  seeds = 0;
  readonly violations: SimulationReport[] = [];
  readonly uncounted: SimulationReport[] = [];
  private virtualMs = 0;
  private readonly counts = noCounts();
  private readonly begun = performance.now();

  add(report: SimulationReport): void {
    this.seeds++;
    this.virtualMs += report.virtualMs;
    addCounts(this.counts, report.counts);
    if (report.violation !== null) this.violations.push(report);
    else if (report.uncounted !== null) this.uncounted.push(report);
  }

  /** Since the beginning. */
  get seedsPerSecond(): number {
    return this.seeds / ((performance.now() - this.begun) / 1000);
  }

  progress(of: number): string {
    const speed = `${this.seedsPerSecond.toFixed(1)} seeds a second`;
    return `${inWords(this.seeds)} of ${inWords(of)} seeds, ${speed}, ${inWords(this.violations.length)} violations`;
  }

  summary(): string {
    const { counts, uncounted, violations } = this;
    const rows: (readonly [string, number | string])[] = [
      ['seeds run', this.seeds],
      ['seeds a second', this.seedsPerSecond.toFixed(1)],
      ['virtual hours', (this.virtualMs / 3_600_000).toFixed(1)],
      ['steps', counts.steps],
      ['messages', counts.messages],
      ['elections won', counts.electionsWon],
      ['entries committed', counts.entriesCommitted],
      ['configurations committed', counts.configurationsCommitted],
      ['writes acknowledged', counts.writesAcknowledged],
      ['writes refused', counts.writesRefused],
      ['writes of unknown outcome', counts.writesUnknown],
      ['reads answered', counts.readsAnswered],
      ['reads failed', counts.readsFailed],
      ['starts from a disk', counts.starts],
      ['torn writes cut', counts.tornWritesCut],
      ['damaged volumes refused', counts.volumesRefused],
      ['garbled frames', counts.framesGarbled],
      ['connections closed for one', counts.streamsBroken],
      ...(Object.keys(counts.faults) as FaultKind[])
        .sort()
        .map((kind) => [`fault: ${kind}`, counts.faults[kind]] as const),
      ['runs too idle to count', uncounted.length],
      ['undetermined histories', counts.historiesUndetermined],
      ['violations', violations.length],
    ];
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, value]) => `${name.padEnd(width)}  ${inWords(value)}`).join('\n');
  }
}

function inWords(value: number | string): string {
  return typeof value === 'number' ? value.toLocaleString('en') : value;
}
