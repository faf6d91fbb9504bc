import type { Palette } from './palette.js';

/** What a picture on a canvas is drawn with. Sizes are CSS pixels. */
export interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}
