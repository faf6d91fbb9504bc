import { expect, it, onTestFinished } from 'vitest';
import { freePorts } from '../../../../tools/lib/free-ports.mjs';
import { listen } from '../../test/held-port.js';
import { checkPorts } from './ports.js';

it('passes when every port is free', async () => {
  const port = await freePorts(2);
  await expect(
    checkPorts([
      { port, purpose: 'the dashboard' },
      { port: port + 1, purpose: 'HTTP of n1' },
    ]),
  ).resolves.toBeUndefined();
});

it('names every port in use, what it is for, and what to do', async () => {
  const [one, two] = [await listen(), await listen()];
  onTestFinished(() => {
    one.server.close();
    two.server.close();
  });
  const check = checkPorts([
    { port: one.port, purpose: 'HTTP of n1' },
    { port: two.port, purpose: 'peers of n2' },
  ]);
  await expect(check).rejects.toThrow(`Port ${one.port} (HTTP of n1) is in use.`);
  await expect(check).rejects.toThrow(`Port ${two.port} (peers of n2) is in use.`);
  await expect(check).rejects.toThrow('--http-port');
});

it('refuses one port for two purposes', async () => {
  const port = await freePorts(1);
  const wanted = [
    { port, purpose: 'the dashboard' },
    { port, purpose: 'HTTP of n1' },
  ];
  await expect(checkPorts(wanted)).rejects.toThrow(/twice, for the dashboard and for HTTP of n1/);
});

it('refuses a port that does not exist', async () => {
  await expect(checkPorts([{ port: 65_536, purpose: 'HTTP of n9' }])).rejects.toThrow('65536');
});
