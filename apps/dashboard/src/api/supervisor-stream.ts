import { ProcessList, type SupervisorToClient } from '@quorate/contract';
import { openStream, type OnLink } from './stream.js';

export interface SupervisorListener {
  onLink: OnLink;
  onProcesses: (list: ProcessList) => void;
}

/** Listens to the supervisor that this page came from, until the answer is called. */
export function listenToSupervisor(origin: string, listener: SupervisorListener): () => void {
  const { socket, close } = openStream(origin, '/', listener.onLink);
  const event: keyof SupervisorToClient = 'processes';
  socket.on(event, (message: unknown) => {
    const list = ProcessList.safeParse(message);
    if (list.success) listener.onProcesses(list.data);
    else listener.onLink('open', 'the supervisor speaks another version of the protocol');
  });
  return close;
}
