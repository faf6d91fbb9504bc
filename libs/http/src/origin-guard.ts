import { isIP } from 'node:net';

/** Who may speak to a server from inside a browser. */
export interface OriginPolicy {
  /** Names this server goes by, besides `localhost` and every IP address. */
  readonly hosts: readonly string[];
  /** Other pages that may read and write here, `http://localhost:8080`. */
  readonly origins: readonly string[];
}

/** What the guard looks at. A `http.IncomingMessage` is one. */
export interface GuardedRequest {
  readonly headers: {
    readonly host?: string | undefined;
    readonly origin?: string | undefined;
    readonly 'user-agent'?: string | undefined;
    readonly [name: string]: string | string[] | undefined;
  };
}

const forNobodyElse = { vary: 'origin' } as const;

const hostHeader = /^(?<name>\[[^\]]+\]|[^:[\]]+)(?::\d+)?$/;

/**
 * Keeps foreign web pages out of a server that trusts its network. A page that a user of this
 * machine happens to visit can send requests to `localhost`, and form posts, images and links need
 * no permission to be sent; curl and other programs are not concerned.
 */
export class OriginGuard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  /** The last Host header that named this server: nearly every request brings the same one. */
  #knownHost: string | undefined;

  constructor(policy: OriginPolicy) {
    this.#hosts = new Set(['localhost', ...policy.hosts.map((host) => host.toLowerCase())]);
    this.#origins = new Set(policy.origins);
  }

  /**
   * Why a request is refused, or null when it may pass.
   * @param changesState whether it may change anything, whatever its method.
   */
  refusal(request: GuardedRequest, changesState: boolean): string | null {
    if (!this.#knowsHost(request.headers.host)) {
      return `The Host header names '${request.headers.host ?? ''}', which is not this server.`;
    }
    if (changesState && !this.#comesFromHere(request)) {
      const origin = request.headers.origin ?? 'another page or an unknown one';
      return `A browser may not change anything here on behalf of ${origin}.`;
    }
    return null;
  }

  /** Lets the allowed pages, and no others, read the answer. */
  corsHeaders(request: GuardedRequest): Readonly<Record<string, string>> {
    const origin = request.headers.origin;
    if (origin === undefined || !this.#origins.has(origin)) return forNobodyElse;
    return {
      vary: 'origin',
      'access-control-allow-origin': origin,
      'access-control-expose-headers':
        'etag, quorate-created-index, quorate-index, quorate-version, retry-after',
    };
  }

  /** The answer to a preflight of an allowed page; null for anything else. */
  preflightHeaders(method: string, request: GuardedRequest): Record<string, string> | null {
    const origin = request.headers.origin;
    const asks = request.headers['access-control-request-method'] !== undefined;
    if (method !== 'OPTIONS' || !asks || origin === undefined || !this.#origins.has(origin)) {
      return null;
    }
    return {
      ...this.corsHeaders(request),
      'access-control-allow-methods': 'GET, PUT, POST, DELETE',
      'access-control-allow-headers':
        'content-type, idempotency-key, if-match, if-none-match, quorate-trace',
      'access-control-max-age': '600',
    };
  }

  /**
   * DNS rebinding makes a foreign name resolve to this machine, and the browser then takes page and
   * server for the same origin; but the name in the Host header stays the foreign one. An IP address
   * cannot be rebound. The port is not compared: a tunnel may change it.
   */
  #knowsHost(header: string | undefined): boolean {
    if (header !== undefined && header === this.#knownHost) return true;
    const name = hostHeader.exec(header ?? '')?.groups?.name?.toLowerCase();
    if (name === undefined) return false;
    const isKnown = this.#hosts.has(name) || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
    if (isKnown) this.#knownHost = header;
    return isKnown;
  }

  #comesFromHere({ headers }: GuardedRequest): boolean {
    if (headers.origin !== undefined) {
      return headers.origin === `http://${headers.host ?? ''}` || this.#origins.has(headers.origin);
    }
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'none' || site === 'same-origin';
    // Browsers tell neither on a plain GET to a server that is neither https nor this machine.
    return !(headers['user-agent'] ?? '').startsWith('Mozilla/');
  }
}
