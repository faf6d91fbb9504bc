import { expect, test } from 'vitest';
import { deskAt } from '../../test/desk.js';
import { leading, status } from '../../test/fixtures.js';
import { Recorded } from '../../test/recorded.js';
import { lagMs, Stage } from './stage.svelte.js';

const mark = (last: number) =>
  ({ kind: 'mark', last, durable: last, commit: 10, applied: 10 }) as const;

function stageAt(told: Recorded, ms: number) {
  const desk = deskAt(told.history, told.t(ms));
  return { desk, stage: new Stage(desk.cluster, desk.playhead) };
}

test('live it is behind the present, and to pause keeps what is seen', () => {
  const { desk, stage } = stageAt(new Recorded(), 5_000);
  desk.playhead.live();
  const stop = stage.start();
  const seen = stage.time;
  expect(desk.playhead.time - seen).toBe(lagMs);
  desk.playhead.pause();
  expect(stage.time).toBe(seen);
  stop();
  desk.playhead.live();
  desk.playhead.pause();
  expect(desk.playhead.time).toBe(seen + lagMs);
});

test('while time runs a change of office is shown at once, numbers four times a second', () => {
  const told = new Recorded().frame('n1', 900, leading());
  told.frame('n2', 100, status('n2', { commitIndex: 11 }));
  told.frame('n2', 200, status('n2', { commitIndex: 11, role: 'candidate', term: 4 }));
  const { desk, stage } = stageAt(told, 50);
  const n2 = () => stage.scene.view.nodes.find(({ id }) => id === 'n2')?.status;
  const lookAt = (ms: number) => {
    desk.playhead.seek(told.t(ms));
    stage.look();
  };
  desk.playhead.play();
  lookAt(50);
  lookAt(150);
  expect(n2()?.commitIndex).toBe(10);
  lookAt(200);
  expect(n2()?.role).toBe('candidate');
  lookAt(449);
  expect(stage.scene.view.at).toBe(told.t(200));
  lookAt(450);
  expect(stage.scene.view.at).toBe(told.t(450));
});

test('who steps sees each step', () => {
  const told = new Recorded().trace('n2', 1, mark(11));
  told.trace('n2', 1.2, mark(12));
  const { desk, stage } = stageAt(told, 1.2);
  const seen = [1, 1.2].map((ms) => {
    desk.playhead.seek(told.t(ms));
    stage.look();
    return stage.scene.logs.find(({ id }) => id === 'n2')?.last;
  });
  expect(seen).toEqual([11, 12]);
});
