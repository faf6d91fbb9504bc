import { nodeIdPattern } from '@quorate/contract';
import { z } from 'zod';
import {
  AutopilotMode,
  Count,
  File,
  Host,
  List,
  LogFormat,
  LogLevel,
  MillisecondRange,
  Milliseconds,
  Origins,
  Port,
  Priority,
  Switch,
} from './values.js';

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
  RAFT_PRIORITY: Priority.prefault('10').describe(
    '0 to 10: how soon this node stands for election; 0: never by itself.',
  ),
  RAFT_LEASE_READS: Switch.prefault('off').describe(
    'on: lease reads need no messages, and clocks that differ by less than a tenth. The same on all.',
  ),
  RAFT_SNAPSHOT_ENTRIES: Count.prefault('100000').describe(
    'A snapshot is taken when so many entries were applied since the last.',
  ),
  RAFT_TRAILING_ENTRIES: Count.prefault('10000').describe(
    'Entries that the log keeps though a snapshot stands for them, for followers that are behind.',
  ),
  RAFT_AUTOPILOT: AutopilotMode.prefault('off').describe(
    'on: the leader removes dead servers by itself; dry-run: it only tells.',
  ),
  RAFT_AUTOPILOT_DEAD_AFTER_MS: Milliseconds.prefault('3600000').describe(
    'How long a server has been silent when it counts as dead.',
  ),
  RAFT_AUTOPILOT_MIN_VOTERS: Count.optional().describe(
    'Voters that autopilot never goes below. Default: a majority of the most there were, at least 3.',
  ),
  RAFT_TLS_CERT_FILE: File.optional().describe(
    "TLS between nodes: this node's certificate, PEM, its id among the DNS names.",
  ),
  RAFT_TLS_KEY_FILE: File.optional().describe('The private key of the certificate, PEM.'),
  RAFT_TLS_CA_FILE: File.optional().describe(
    'Who signs the certificates of all nodes, PEM. All three files, or none.',
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
