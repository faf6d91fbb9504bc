import uPlot from 'uplot';
import type { Span } from '../../core/recording/kept-record.js';
import { clock } from '../../core/words.js';
import type { LineStyle } from './line-style.js';

export interface Line extends LineStyle {
  readonly name: string;
  readonly figures: readonly (number | null)[];
}

export interface Drawing {
  readonly span: Span;
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  /** The moment that is shown, page time. */
  readonly at: number;
}

export interface ChartEvents {
  readonly seek: (t: number) => void;
  readonly look: (span: Span) => void;
}

const height = 132;
/** A drag that is shorter is a click, px. */
const dragFrom = 4;

/** One chart on a canvas, its cursor in step with those of all others. */
export class Chart {
  #plot: uPlot | null = null;
  /** Lines, and the theme that their colours are of: others need a plot of their own. */
  #made = '';
  #at = 0;

  constructor(
    readonly parent: HTMLElement,
    readonly events: ChartEvents,
  ) {}

  draw(drawing: Drawing, width: number, colours: string): void {
    const { span, times, lines, at } = drawing;
    this.#at = at;
    const data: uPlot.AlignedData = [[...times], ...lines.map(({ figures }) => [...figures])];
    const made = `${colours} ${lines.map(({ name }) => name).join()}`;
    if (made !== this.#made) {
      this.destroy();
      this.#plot = new uPlot(this.#options(lines, width), data, this.parent);
      this.#made = made;
    }
    const plot = this.#plot;
    if (!plot) return;
    plot.batch(() => {
      if (plot.width !== width) plot.setSize({ width, height });
      plot.setData(data, false);
      plot.setScale('x', { min: span.from, max: span.to });
    });
  }

  destroy(): void {
    this.#plot?.destroy();
    this.#plot = null;
    this.#made = '';
  }

  #options(lines: readonly Line[], width: number): uPlot.Options {
    const style = getComputedStyle(this.parent);
    const colour = (property: string) => resolved(this.parent, property);
    const axis: uPlot.Axis = {
      stroke: colour('--ink-faint'),
      font: `11px ${style.fontFamily}`,
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
    };
    return {
      width,
      height,
      ms: 1,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      scales: {
        x: { time: true },
        y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] },
      },
      axes: [
        { ...axis, size: 22, space: 70, values: (_plot, times) => times.map(timeOfDay) },
        { ...axis, size: 46, space: 28 },
      ],
      series: [
        {},
        ...lines.map(({ name, colour: property, dash }) => ({
          label: name,
          stroke: colour(property),
          width: 1.5,
          dash: [...dash],
          points: { show: false },
        })),
      ],
      cursor: {
        // Others follow the pointer, and take no part in a drag.
        sync: { key: 'metrics', filters: { pub: (type) => type.startsWith('mousemove') } },
        y: false,
        drag: { x: true, y: false, setScale: false },
      },
      hooks: {
        draw: [(plot) => this.#paintPlayhead(plot, colour('--ink'))],
        ready: [(plot) => this.#listen(plot)],
        setSelect: [
          (plot) => {
            const { left, width: dragged } = plot.select;
            if (dragged < dragFrom) return;
            this.events.look({
              from: plot.posToVal(left, 'x'),
              to: plot.posToVal(left + dragged, 'x'),
            });
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    };
  }

  #listen(plot: uPlot): void {
    plot.over.addEventListener('click', ({ offsetX }) => {
      if (plot.select.width < dragFrom) this.events.seek(plot.posToVal(offsetX, 'x'));
    });
  }

  #paintPlayhead(plot: uPlot, colour: string): void {
    const { ctx, bbox } = plot;
    const x = plot.valToPos(this.#at, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width + 1) return;
    ctx.fillStyle = colour;
    ctx.fillRect(x - devicePixelRatio, bbox.top, 2 * devicePixelRatio, bbox.height);
  }
}

/** A canvas knows no custom properties: an element is asked what one comes to. */
function resolved(within: HTMLElement, property: string): string {
  const probe = within.appendChild(document.createElement('i'));
  probe.style.color = `var(${property})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** As everywhere on the page; only a chart that is drawn large shows parts of a second. */
function timeOfDay(t: number): string {
  return t % 1_000 === 0 ? clock(t).slice(0, -4) : clock(t);
}
