import type { FaultyFiles } from '../../storage/files/faulty-files.js';
import type { Random } from '../time/random.js';

/** A disk that rots: bytes that are in use change, one alone or a stretch of them. Says which. */
export function damage(files: FaultyFiles, random: Random): string {
  const [path] = random.shuffled(files.paths.filter((each) => usedBytes(files, each).length > 0));
  if (path === undefined) return 'it holds nothing yet';
  const node = files.node(path);
  const bytes = node.content;
  const from = random.pick(usedBytes(files, path));
  const length = random.chance(0.7) ? 1 : random.integer([2, 300]);
  for (let at = from; at < Math.min(bytes.length, from + length); at++) {
    // Never to zero: a sector of zeros is one that was never written, which a log may have at its end.
    const mask = random.integer([1, 255]);
    node.damage(at, mask === bytes[at] ? mask ^ 1 : mask);
  }
  return `${path}, ${length} bytes from ${from}`;
}

function usedBytes(files: FaultyFiles, path: string): number[] {
  const { content } = files.node(path);
  return [...content.keys()].filter((at) => content[at] !== 0);
}
