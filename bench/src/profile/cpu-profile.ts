/** What V8 writes with `--cpu-prof`, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** Which node was on the processor, sample after sample. */
  readonly samples: readonly number[];
  /** Microseconds from each sample to the one before. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
  };
  readonly children?: readonly number[];
}

/** One function as it was called from its parents, with what it took, ms. */
export interface Frame {
  readonly name: string;
  readonly place: string;
  /** In the function itself. */
  selfMs: number;
  /** In it and in what it called. */
  totalMs: number;
  readonly children: Frame[];
}

/** The tree of calls. What waits for work is left out: it costs nothing. */
export function callTree({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const frames = new Map<number, Frame>();
  for (const { id, callFrame } of nodes) {
    const { functionName, url, lineNumber } = callFrame;
    const place = url === '' ? '' : `${shortUrl(url)}:${lineNumber + 1}`;
    const name = functionName === '' ? '(anonymous)' : functionName;
    frames.set(id, { name, place, selfMs: 0, totalMs: 0, children: [] });
  }
  samples.forEach((id, at) => {
    const frame = frames.get(id);
    if (frame !== undefined) frame.selfMs += (timeDeltas[at] ?? 0) / 1000;
  });
  for (const { id, children = [] } of nodes) {
    const own = children.flatMap((child) => frames.get(child) ?? []);
    frames.get(id)?.children.push(...own.filter(({ name }) => name !== '(idle)'));
  }
  const root = frames.get(nodes[0]?.id ?? 0);
  if (root === undefined) throw new Error('the profile is empty');
  total(root);
  return root;
}

function total(frame: Frame): number {
  frame.totalMs = frame.selfMs + frame.children.reduce((sum, child) => sum + total(child), 0);
  return frame.totalMs;
}

/** The functions that took the most themselves, wherever they were called from. */
export function hottest(
  root: Frame,
  count: number,
): readonly Omit<Frame, 'children' | 'totalMs'>[] {
  const byPlace = new Map<string, Omit<Frame, 'children' | 'totalMs'>>();
  const visit = ({ name, place, selfMs, children }: Frame) => {
    const key = `${name} ${place}`;
    const known = byPlace.get(key) ?? { name, place, selfMs: 0 };
    known.selfMs += selfMs;
    byPlace.set(key, known);
    children.forEach(visit);
  };
  visit(root);
  return [...byPlace.values()].sort((a, b) => b.selfMs - a.selfMs).slice(0, count);
}

/** The part of a path that tells something. */
function shortUrl(url: string): string {
  const path = url.replace(/^file:\/\//, '');
  const module = path.lastIndexOf('/node_modules/');
  if (module >= 0) return path.slice(module + '/node_modules/'.length);
  return path.split('/').slice(-4).join('/');
}
