import { readFileSync } from 'node:fs';
import type { TcpTls } from '@quorate/raft';
import type { TlsFiles } from '../config/config.js';

/** @throws Error that names the variable of a file that cannot be read. */
export function readTls({ cert, key, ca }: TlsFiles): TcpTls {
  return {
    cert: read('RAFT_TLS_CERT_FILE', cert),
    key: read('RAFT_TLS_KEY_FILE', key),
    ca: read('RAFT_TLS_CA_FILE', ca),
  };
}

function read(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${variable}='${path}' cannot be read: ${reason}`, { cause });
  }
}
