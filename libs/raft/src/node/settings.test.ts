import { describe, expect, it } from 'vitest';
import { memoryLog } from '../storage/memory-log.js';
import { memoryNetwork } from '../transport/memory-transport.js';
import type { RaftNodeOptions, ReadOptions } from './options.js';
import {
  checkAddress,
  checkCommand,
  checkedNeeds,
  checkedSettings,
  differences,
  reconfigured,
} from './settings.js';

function settings(options: Partial<RaftNodeOptions<void>>) {
  return checkedSettings({
    id: 'n1',
    stateMachine: { apply: () => undefined },
    log: memoryLog(),
    transport: memoryNetwork().transport('n1:1'),
    ...options,
  });
}

describe('checkedSettings', () => {
  it('fills in what is not given', () => {
    const { timing, limits } = settings({ timing: { heartbeatMs: 50 } });
    expect(timing).toEqual({ heartbeatMs: 50, electionMs: [500, 1000], stallMs: 2000 });
    expect(settings({ timing: { electionMs: [200, 300] } }).timing.stallMs).toBe(600);
    expect(limits.maxInflight).toBe(16);
    expect(settings({ elections: { priority: 3 } }).elections).toEqual({
      preVote: true,
      priority: 3,
    });
  });

  it.each<[string, Partial<RaftNodeOptions<void>>]>([
    ['id', { id: '' }],
    ['id', { id: 'no spaces' }],
    ['id', { id: 'x'.repeat(64) }],
    ['timing.heartbeatMs', { timing: { heartbeatMs: 0 } }],
    ['timing.heartbeatMs', { timing: { heartbeatMs: NaN } }],
    ['timing.electionMs', { timing: { heartbeatMs: 500 } }],
    ['timing.stallMs', { timing: { stallMs: 0 } }],
    ['timing.electionMs', { timing: { electionMs: [1000, 500] } }],
    ['elections.preVote', { elections: { preVote: 'yes' as unknown as boolean } }],
    ['elections.priority', { elections: { priority: 11 } }],
    ['elections.priority', { elections: { priority: 0.5 } }],
    ['limits.maxInflight', { limits: { maxInflight: 0 } }],
    ['limits.maxWaiting', { limits: { maxWaiting: 1.5 } }],
    ['limits.maxAppendBytes', { limits: { maxAppendBytes: 64 * 1024 * 1024 } }],
    ['autopilot.removeDeadAfterMs', { autopilot: { removeDeadAfterMs: 999 } }],
    ['autopilot.minVoters', { autopilot: { removeDeadAfterMs: 5000, minVoters: 0 } }],
    ['autopilot.stabilizationMs', { autopilot: { removeDeadAfterMs: 5000, stabilizationMs: NaN } }],
    ['autopilot.intervalMs', { autopilot: { removeDeadAfterMs: 5000, intervalMs: 0 } }],
    ['attributes', { attributes: { http: 'x'.repeat(5000) } }],
  ])('names %s when it is wrong', (name, options) => {
    expect(() => settings(options)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        outcome: 'not-applied',
        message: expect.stringMatching(new RegExp(`^${name} must be `)) as string,
      }),
    );
  });

  it('checks what is changed at run time as if it had been given at the start', () => {
    const options = {
      id: 'n1',
      stateMachine: { apply: () => undefined },
      log: memoryLog(),
      transport: memoryNetwork().transport('n1:1'),
      timing: { heartbeatMs: 50 },
    };
    const changed = reconfigured(options, { timing: { electionMs: [200, 300] } });
    // A default that follows from another setting follows the new one.
    const timing = { heartbeatMs: 50, electionMs: [200, 300], stallMs: 600 };
    expect(checkedSettings(changed).timing).toEqual(timing);
    const wrong = reconfigured(options, { timing: { heartbeatMs: 1000 } });
    expect(() => checkedSettings(wrong)).toThrow('timing.electionMs must be');
    const unchangeable: [string, object][] = [
      ['id', { id: 'n2' }],
      ['timing.patience', { timing: { patience: 1 } }],
      ['limits.toString', { limits: { toString: 1 } }],
    ];
    for (const [name, changes] of unchangeable) {
      expect(() => reconfigured(options, changes)).toThrow(`${name} must be left as it is`);
    }
  });

  it('tells which settings differ, and how they are now', () => {
    const before = { heartbeatMs: 50, electionMs: [200, 300], stallMs: 600 };
    const after = { heartbeatMs: 50, electionMs: [200, 400], stallMs: 600 };
    expect(differences(before, after)).toEqual({ electionMs: [200, 400] });
    expect(differences(before, before)).toEqual({});
  });

  it.each<[string, object]>([
    ['consistency', { consistency: 'eventual' }],
    ['maxStaleMs', { maxStaleMs: 0 }],
    ['maxStaleMs', { maxStaleMs: Infinity }],
    ['minIndex', { minIndex: -1 }],
    ['minIndex', { minIndex: 1.5 }],
  ])('names %s of a read when it is wrong', (name, options) => {
    expect(checkedNeeds({})).toEqual({
      consistency: 'linearizable',
      maxStaleMs: 1000,
      minIndex: 0,
    });
    expect(() => checkedNeeds(options as ReadOptions)).toThrow(`${name} must be `);
  });

  it('takes host:port, names and IPv6 included, and nothing else', () => {
    for (const good of ['localhost:9000', '127.0.0.1:1', '[::1]:65535', 'n1.example:80']) {
      expect(() => checkAddress('address', good)).not.toThrow();
    }
    for (const bad of ['', 'localhost', ':9000', 'a:0', 'a:65536', '::1:9000', 'a b:1', 'a:1x']) {
      expect(() => checkAddress('address', bad)).toThrow('address must be host:port');
    }
  });

  it('takes commands that fit a message', () => {
    expect(() => checkCommand(new Uint8Array(8 * 1024 * 1024))).not.toThrow();
    expect(() => checkCommand(new Uint8Array(8 * 1024 * 1024 + 1))).toThrow('command must be');
    expect(() => checkCommand('text')).toThrow('command must be');
  });
});
