/** What a transport has carried, and what it has not, since it was made. */
export interface TransportCounters {
  messagesSent: number;
  messagesReceived: number;
  /** Bytes on the wire: frames, handshakes and signs of life, without what TLS adds. */
  bytesSent: number;
  bytesReceived: number;
  /** Messages that were not sent: a limit was reached, or the peer's version does not know them. */
  dropped: number;
  /** Connections that were turned away, or broke before they said who they are. */
  refused: number;
  /** Connections that were closed since they brought what no correct node sends. */
  brokenFrames: number;
}

export function newCounters(): TransportCounters {
  return {
    messagesSent: 0,
    messagesReceived: 0,
    bytesSent: 0,
    bytesReceived: 0,
    dropped: 0,
    refused: 0,
    brokenFrames: 0,
  };
}
