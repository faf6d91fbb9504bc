import type { NodeProcess } from '@quorate/contract';
import type { History } from '../history/history.js';
import { type Told, word } from './told.js';

/** What became of a process. A start is told by the node, the rest by the supervisor. */
export interface Turn {
  readonly key: string;
  readonly node: string;
  readonly t: number;
  readonly what: 'started' | 'stopped' | 'killed' | 'crashed' | 'paused' | 'resumed';
  /** The signal or the exit code, or the failure that it told. */
  readonly how: string | null;
}

export const lifeTypes = ['started', 'failed'] as const;

/** Starts, deaths and pauses, oldest first. */
export function turnsOf(history: History, events: readonly Told[]): Turn[] {
  const own = events.flatMap(({ key, node, t, event }): Turn[] => {
    if (event.type === 'started') return [{ key, node, t, what: 'started', how: null }];
    if (event.type !== 'failed') return [];
    return [{ key, node, t, what: 'crashed', how: word(event, 'error') }];
  });
  return [...own, ...seenBySupervisor(history)].sort((one, other) => one.t - other.t);
}

function seenBySupervisor(history: History): Turn[] {
  const turns: Turn[] = [];
  const before = new Map<string, NodeProcess>();
  for (const { t, list } of history.processes.all()) {
    for (const process of list.processes) {
      const earlier = before.get(process.id);
      before.set(process.id, process);
      const what = earlier && turnBetween(earlier, process);
      if (!what) continue;
      const how = process.exitSignal ?? process.exitCode?.toString() ?? null;
      const died = process.state === 'exited';
      turns.push({
        key: `${process.id}/${what}/${t}`,
        node: process.id,
        t: died ? lastWord(history, process.id, t) : t,
        what,
        how: died ? how : null,
      });
    }
  }
  return turns;
}

/** The supervisor learns of a death a little later than it happens, and a node tells something all the time, ms. */
const learnsWithinMs = 2_000;

/** When a node that is dead by `t` said its last word, as far as that can be the time of its death. */
function lastWord(history: History, node: string, t: number): number {
  const { frames, trace } = history.of(node);
  const last = [frames, trace, history.events.of(node).entries].map(
    (series) => series.at(t)?.t ?? 0,
  );
  const word = Math.max(...last);
  return t - word <= learnsWithinMs ? word : t;
}

function turnBetween(before: NodeProcess, after: NodeProcess): Turn['what'] | null {
  if (before.state === after.state) return null;
  if (after.state === 'paused') return 'paused';
  if (before.state === 'paused' && after.state === 'running') return 'resumed';
  if (after.state !== 'exited') return null;
  if (after.exitSignal === 'SIGKILL') return 'killed';
  return after.exitCode === 0 || after.exitSignal === 'SIGTERM' ? 'stopped' : 'crashed';
}

/** When a node was down, as far as anybody told; `to` is null while it is. */
export function downSpans(
  turns: readonly Turn[],
  node: string,
): { readonly from: number; readonly to: number | null }[] {
  const own = turns.filter((turn) => turn.node === node);
  return own.flatMap(({ what, t }, at) => {
    if (what !== 'killed' && what !== 'stopped' && what !== 'crashed') return [];
    return [{ from: t, to: own.slice(at).find((later) => later.what === 'started')?.t ?? null }];
  });
}
