import type { Frame } from './cpu-profile.js';

const width = 1600;
const rowHeight = 17;
/** Narrower than this nothing can be seen, px. */
const leastWidth = 0.5;
const charWidth = 6.6;

/** The tree of calls as SVG: as wide as it took, callers above what they call. */
export function flameGraph(root: Frame, title: string): string {
  const boxes: string[] = [];
  let depth = 0;
  const perMs = width / Math.max(root.totalMs, 1e-9);
  const draw = (frame: Frame, x: number, level: number) => {
    const wide = frame.totalMs * perMs;
    if (wide < leastWidth) return;
    depth = Math.max(depth, level);
    boxes.push(box(frame, { x, y: (level + 2) * rowHeight, wide, root }));
    let at = x;
    for (const child of [...frame.children].sort((a, b) => b.totalMs - a.totalMs)) {
      draw(child, at, level + 1);
      at += child.totalMs * perMs;
    }
  };
  draw(root, 0, 0);
  const height = (depth + 4) * rowHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="monospace" font-size="11">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="6" y="20" font-size="14">${escaped(title)}</text>`,
    ...boxes,
    '</svg>\n',
  ].join('\n');
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly root: Frame;
}

function box({ name, place, selfMs, totalMs }: Frame, { x, y, wide, root }: Place): string {
  const share = ((100 * totalMs) / root.totalMs).toFixed(1);
  const told = `${name} ${place}: ${share} %, ${totalMs.toFixed(0)} ms, ${selfMs.toFixed(0)} ms of its own`;
  const letters = Math.floor((wide - 6) / charWidth);
  const label = letters < 3 ? '' : escaped(name.slice(0, letters));
  return (
    `<g><title>${escaped(told)}</title>` +
    `<rect x="${x.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${rowHeight - 1}" fill="${colour(place)}"/>` +
    `<text x="${(x + 3).toFixed(1)}" y="${y + 12}">${label}</text></g>`
  );
}

/** Ours, libraries, Node, and the engine are told apart. */
function colour(place: string): string {
  if (place === '') return '#d9d9d9';
  if (place.startsWith('node:')) return '#f4c27a';
  return place.includes('/dist/') && !place.includes('@nestjs') && !place.startsWith('fastify')
    ? '#8fc1e3'
    : '#e8a0a0';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
