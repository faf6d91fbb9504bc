import { ErrorBody, NodeStatus } from '@quorate/contract';
import { loopback } from './ports.js';

/** What the supervisor reads of a node's status. */
const Status = NodeStatus.pick({
  id: true,
  clusterId: true,
  role: true,
  term: true,
  members: true,
});
export type Status = Pick<NodeStatus, 'id' | 'clusterId' | 'role' | 'term' | 'members'>;

const statusMs = 1000;
/** The node settles each change itself, within its own deadline. */
const changeMs = 15_000;

/** A node refused, or did not answer. */
export class NodeRequestError extends Error {
  override readonly name = 'NodeRequestError';

  constructor(
    message: string,
    readonly retryable: boolean,
  ) {
    super(message);
  }
}

/** The few requests that the supervisor makes of a node on this machine. */
export class NodeClient {
  readonly url: string;
  readonly #base: string;

  constructor(
    readonly id: string,
    httpPort: number,
  ) {
    this.url = `http://localhost:${httpPort}`;
    this.#base = `http://${loopback}:${httpPort}`;
  }

  /** Null while it does not answer, or another node answers in its place. */
  async status(): Promise<Status | null> {
    try {
      const response = await fetch(`${this.#base}/status`, {
        signal: AbortSignal.timeout(statusMs),
      });
      const status = Status.safeParse(await response.json());
      return status.success && status.data.id === this.id ? status.data : null;
    } catch {
      return null;
    }
  }

  /** Makes this blank node the first member of a new cluster. */
  bootstrap(): Promise<void> {
    return this.#post('/bootstrap');
  }

  /** Brings another node into this one's cluster. */
  join(nodeId: string, raftPort: number): Promise<void> {
    const query = new URLSearchParams({ nodeId, raftPort: String(raftPort), host: loopback });
    return this.#post(`/join?${query.toString()}`);
  }

  async #post(path: string): Promise<void> {
    let response: Response;
    try {
      response = await fetch(this.#base + path, {
        method: 'POST',
        signal: AbortSignal.timeout(changeMs),
      });
    } catch {
      throw new NodeRequestError(`${this.id} does not answer to POST ${path}`, true);
    }
    if (response.ok) return;
    const text = await response.text();
    const body = ErrorBody.safeParse(parse(text));
    throw body.success
      ? new NodeRequestError(`${this.id}: ${body.data.message}`, body.data.retryable)
      : new NodeRequestError(
          `${this.id} answered POST ${path} with ${response.status}: ${text}`,
          false,
        );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
