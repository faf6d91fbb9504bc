import { encodeCommand, type KvCommand } from '../kv-command.js';
import { KvStateMachine, type KvResult } from '../kv-state-machine.js';

export const text = (value: string) => Buffer.from(value);

export function appliedTo(machine: KvStateMachine, command: KvCommand, index: number): KvResult {
  return machine.apply({ index, term: 1, data: encodeCommand(command) });
}

/** A store after these commands, the first of them at index 1. */
export function machineOf(commands: readonly KvCommand[]): KvStateMachine {
  const machine = new KvStateMachine();
  commands.forEach((command, i) => appliedTo(machine, command, i + 1));
  return machine;
}

/** A store that holds these keys. */
export function holding(keys: Iterable<string>, value = ''): KvStateMachine {
  return machineOf([...keys].map((key) => ({ type: 'set', key, value: text(value) })));
}

/** Milliseconds that this process alone spends: what else the machine does is not the store's fault. */
export function timed<T>(act: () => T): { result: T; ms: number } {
  const start = process.cpuUsage();
  const result = act();
  const { user, system } = process.cpuUsage(start);
  return { result, ms: (user + system) / 1000 };
}
