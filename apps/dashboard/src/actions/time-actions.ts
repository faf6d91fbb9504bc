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
    time('back', ',', words.back, () => {
      const t = previousMoment(cluster.history, playhead.time);
      playhead.pause();
      if (t !== null) playhead.seek(t);
    }),
    time('step', '.', words.step, () => {
      const t = nextMoment(cluster.history, playhead.time);
      playhead.pause();
      if (t !== null) playhead.seek(t);
    }),
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

/** The next step of speed; the last one stays. */
function beside(speed: number, step: -1 | 1): number {
  return speeds[speeds.findIndex((one) => one === speed) + step] ?? speed;
}
