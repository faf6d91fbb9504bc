import { ProcessList, SupervisorInfo, type SupervisorToClient } from '@quorate/contract';
import { version } from '../../package.json';
import { openStream, type OnLink } from './stream.js';

/**
 * How the supervisor and this page differ:
 * - `version`: it is of another version, and can be read
 * - `unreadable`: what it says is not what this page expects
 */
export type SupervisorSkew =
  | { readonly kind: 'version'; readonly supervisor: string; readonly page: string }
  | { readonly kind: 'unreadable' };

export interface SupervisorListener {
  onLink: OnLink;
  onProcesses: (list: ProcessList) => void;
  /** Told at every connection, and when something cannot be read; null when they do not differ. */
  onSkew: (skew: SupervisorSkew | null) => void;
}

/** Listens to the supervisor that this page came from, until the answer is called. */
export function listenToSupervisor(origin: string, listener: SupervisorListener): () => void {
  const { socket, close } = openStream(origin, '/', listener.onLink);
  const on = (event: keyof SupervisorToClient, hear: (message: unknown) => void) =>
    socket.on(event, hear);
  on('supervisor', (message) => {
    const info = SupervisorInfo.safeParse(message);
    listener.onSkew(info.success ? skewFrom(info.data.version) : { kind: 'unreadable' });
  });
  on('processes', (message) => {
    const list = ProcessList.safeParse(message);
    if (list.success) listener.onProcesses(list.data);
    else listener.onSkew({ kind: 'unreadable' });
  });
  return close;
}

function skewFrom(supervisor: string): SupervisorSkew | null {
  return supervisor === version ? null : { kind: 'version', supervisor, page: version };
}
