import { hiddenKinds } from '../core/stage/hidden-kinds.js';
import { nextMoment, previousMoment } from '../core/timeline/moments.js';
import type { Desk } from '../state/desk.svelte.js';
import { speeds } from '../state/playhead.svelte.js';
import { action, type Action } from './action.js';
import { places } from './page-actions.js';

/** How the shown moment is moved. Nothing of it touches the cluster. */
export function timeActions(desk: Desk): Action[] {
  const { cluster, playhead, range, recordings } = desk;
  const words = desk.t.time.actions;
  const time = (id: string, key: string | null, name: string, run: () => void) =>
    action({ id: `time:${id}`, group: 'time', key, name, run });
  return [
    playhead.playing
      ? time('pause', 'Space', words.pause, () => playhead.pause())
      : time('play', 'Space', words.play, () => playhead.play()),
    time('back', ',', words.back, () => step(previousMoment, desk)),
    time('step', '.', words.step, () => step(nextMoment, desk)),
    time('slower', '[', words.slower, () => (playhead.speed = beside(playhead.speed, -1))),
    time('faster', ']', words.faster, () => (playhead.speed = beside(playhead.speed, 1))),
    cluster.recording
      ? time('close', null, words.close, () => recordings.close())
      : time('live', 'l', words.live, () => {
          range.follow();
          playhead.live();
        }),
    time('open', 'o', words.open, () => document.getElementById(places.recording)?.click()),
  ];
}

/** On the stage messages are moments too, those that are shown there. */
function step(find: typeof nextMoment, { cluster, playhead, router }: Desk): void {
  playhead.pause();
  const hidden = router.page === 'stage' ? hiddenKinds(router.params) : null;
  const t = find(cluster.history, playhead.time, hidden);
  if (t !== null) playhead.seek(t);
}

/** The next step of speed; the last one stays. */
function beside(speed: number, step: -1 | 1): number {
  return speeds[speeds.findIndex((one) => one === speed) + step] ?? speed;
}
