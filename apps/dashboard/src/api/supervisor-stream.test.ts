import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProcessList, SupervisorInfo, SupervisorToClient } from '@quorate/contract';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { version } from '../../package.json';
import { listenToSupervisor, type SupervisorSkew } from './supervisor-stream.js';

const info: SupervisorInfo = { pid: 1, version, startedAt: 0, dataDir: '/data', maxNodes: 9 };

let supervisor: Server<Record<string, never>, SupervisorToClient>;
let stop: () => void;
let skews: (SupervisorSkew | null)[];
let lists: ProcessList[];

beforeEach(async () => {
  const http = createServer((_request, response) => response.end());
  supervisor = new Server(http, { transports: ['websocket'] });
  await new Promise<void>((up) => http.listen(0, '127.0.0.1', up));
  const { port } = http.address() as AddressInfo;
  skews = [];
  lists = [];
  const connected = new Promise((open) => supervisor.once('connection', open));
  stop = listenToSupervisor(`http://127.0.0.1:${port}`, {
    onLink: () => undefined,
    onProcesses: (list) => lists.push(list),
    onSkew: (skew) => skews.push(skew),
  });
  await connected;
});

afterEach(async () => {
  stop();
  await supervisor.close();
});

test('a supervisor of the same version is not told apart, and one of another is', async () => {
  supervisor.emit('supervisor', info);
  supervisor.emit('supervisor', { ...info, version: '9.9.9' });
  const other = { kind: 'version', supervisor: '9.9.9', page: version };
  await vi.waitFor(() => expect(skews).toEqual([null, other]));
});

test('what the supervisor says and cannot be read is told and not believed', async () => {
  supervisor.emit('supervisor', {} as SupervisorInfo);
  supervisor.emit('processes', {} as ProcessList);
  supervisor.emit('processes', { processes: [] });
  await vi.waitFor(() => expect(lists).toEqual([{ processes: [] }]));
  expect(skews).toEqual([{ kind: 'unreadable' }, { kind: 'unreadable' }]);
});
