import { connect, createSecureContext } from 'node:tls';
import type { SecureContextOptions, TLSSocket, TlsOptions } from 'node:tls';
import type { HostAndPort } from '../address.js';
import { failure } from '../failures.js';

/**
 * Certificates for mutual TLS. Both sides of every connection must show one that `ca` has signed and
 * that names the node: its id is one of the DNS names of the certificate (subjectAltName), or its CN
 * when the certificate has no DNS names. Host names and addresses are not looked at: a node is its id,
 * wherever it runs.
 */
export interface TcpTls extends Pick<SecureContextOptions, 'passphrase' | 'crl'> {
  /** Private key of `cert`, PEM. */
  readonly key: string | Buffer;
  /** This node's certificate, PEM, followed by those between it and `ca` if there are any. */
  readonly cert: string | Buffer;
  /** Who signs the certificates of the cluster's nodes, PEM. No other authority is trusted. */
  readonly ca: string | Buffer | (string | Buffer)[];
}

const ONLY_VERSION = 'TLSv1.3';

/** What this node shows and whom it trusts, on every connection from now on. */
export class TlsIdentity {
  private current: TcpTls;

  /** @throws RaftError `invalid-argument` */
  constructor(tls: TcpTls) {
    this.current = checked(tls);
  }

  /**
   * For connections to come; those that stand stay.
   * @throws RaftError `invalid-argument`, and nothing has changed
   */
  replace(tls: TcpTls): void {
    this.current = checked(tls);
  }

  dial(target: HostAndPort): TLSSocket {
    return connect({
      ...target,
      ...this.current,
      minVersion: ONLY_VERSION,
      // The id is looked for instead, once the other side has said it: see `certificateProblem`.
      checkServerIdentity: () => undefined,
    });
  }

  /** Options of the listening side. It takes everybody, so that it can say why it refuses somebody. */
  serverOptions(): TlsOptions {
    return {
      ...this.current,
      minVersion: ONLY_VERSION,
      requestCert: true,
      rejectUnauthorized: false,
    };
  }
}

function checked(tls: TcpTls): TcpTls {
  try {
    createSecureContext(tls);
    return tls;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw failure('invalid-argument', `these TLS certificates cannot be used: ${reason}`, error);
  }
}
