import { nodeIdPattern } from '@quorate/contract';
import { z } from 'zod';
import { isHost } from './address.js';

const LogLevel = z.enum(['debug', 'info', 'warn', 'error']);
const LogFormat = z.enum(['pretty', 'json']);

export type LogLevel = z.infer<typeof LogLevel>;
export type LogFormat = z.infer<typeof LogFormat>;

const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 1 to 65535')
  .transform(Number)
  .refine((port) => port >= 1 && port <= 65_535, 'must be a port, 1 to 65535');

const Host = z.string().refine(isHost, 'must be a host name or an IP address');

const Switch = z.enum(['on', 'off']).transform((text) => text === 'on');

const Milliseconds = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'must be a whole number of milliseconds')
  .transform(Number);

const MillisecondRange = z
  .string()
  .regex(/^[1-9]\d{0,6}-[1-9]\d{0,6}$/, 'must be two whole numbers of milliseconds, 500-1000')
  .transform((text): [number, number] => {
    const [min = 0, max = 0] = text.split('-').map(Number);
    return [min, max];
  })
  .refine(([min, max]) => min < max, 'must rise, as in 500-1000');

const List = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const Origins = List.refine((origins) => origins.every(isOrigin), {
  error: 'must be origins like http://localhost:8080, parted by commas',
});

/** Every variable that a node reads, its default, and what `--help` says of it. */
export const Environment = z.object({
  RAFT_NODE_ID: z
    .string()
    .regex(nodeIdPattern, 'must be 1 to 63 of A-Z a-z 0-9 . _ -')
    .default('n1')
    .describe('Name of this node, unique in its cluster for ever.'),
  HTTP_SERVER_PORT: Port.prefault('8000').describe('Port of the REST API and of socket.io.'),
  RAFT_SERVER_PORT: Port.prefault('9000').describe('Port that other nodes connect to.'),
  RAFT_VOLUME_DIR: z
    .string()
    .min(1, 'must name a directory')
    .optional()
    .describe('Directory of the data. Default: .quorate/ and the id.'),
  RAFT_BOOTSTRAP: z
    .enum(['true', 'false'])
    .default('false')
    .describe('true: become the first member of a new cluster; ignored once the volume holds one.'),
  HTTP_HOST: Host.default('127.0.0.1').describe('Address that HTTP_SERVER_PORT is bound to.'),
  RAFT_HOST: Host.default('127.0.0.1').describe('Address that RAFT_SERVER_PORT is bound to.'),
  HTTP_ADVERTISE_HOST: Host.optional().describe(
    'Host under which clients reach this node. Default: HTTP_HOST.',
  ),
  RAFT_ADVERTISE_HOST: Host.optional().describe(
    'Host under which other nodes reach this node. Default: RAFT_HOST.',
  ),
  RAFT_HEARTBEAT_MS: Milliseconds.prefault('100').describe(
    'How often a leader shows that it lives.',
  ),
  RAFT_ELECTION_MS: MillisecondRange.prefault('500-1000').describe(
    'How long a node waits for a leader before it stands for election; drawn from this range.',
  ),
  QUORATE_CHAOS: Switch.prefault('off').describe(
    'on: faults between this node and its peers may be injected, see POST /faults.',
  ),
  QUORATE_ALLOWED_ORIGINS: Origins.prefault('').describe(
    'Web pages that may use this node, comma-separated: http://localhost:8080.',
  ),
  QUORATE_ALLOWED_HOSTS: List.prefault('').describe(
    'More names that this node goes by in a Host header, comma-separated.',
  ),
  LOG_LEVEL: LogLevel.default('info').describe('debug, info, warn or error.'),
  LOG_FORMAT: LogFormat.optional().describe('pretty or json. Default: pretty on a terminal.'),
});

export type Environment = z.infer<typeof Environment>;

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
