/** Bounds on what connections may hold and how long they may keep the other side waiting. */
export interface TcpLimits {
  /**
   * Bytes of one message. A larger one is not sent, and a connection that brings one is closed.
   * Default 16 MiB.
   */
  readonly maxMessageBytes: number;
  /** Bytes that wait on one lane to be sent; beyond them messages are dropped. Default 32 MiB. */
  readonly maxBufferedBytes: number;
  /** Accepted connections at once, two for each peer; more are closed. Default 128. */
  readonly maxConnections: number;
  /**
   * Of these, so many that have not said who they are yet; one more, and the one that has waited
   * longest is closed. Default 32.
   */
  readonly maxHandshakes: number;
  /** Milliseconds for connecting and saying hello; on the listening side as many more for TLS. Default 2000. */
  readonly handshakeMs: number;
  /** Milliseconds between two signs of life. Default 1000. */
  readonly keepAliveMs: number;
}

/** Bytes of a hello, an answer to it, or a response. */
export const SHORT_FRAME_BYTES = 64 * 1024;

/** Of these, what a node may take to say who it is. */
export const MAX_IDENTITY_BYTES = 60 * 1024;

/** So many signs of life may be missed before the other side is taken for dead. */
export const MISSED_KEEP_ALIVES = 5;

/**
 * A frame that has not ended after so many signs of life is broken. A length that was changed on its
 * way is not seen by any checksum before: everything that follows would be taken for the frame.
 */
export const SLOWEST_FRAME_KEEP_ALIVES = 30;

export const defaultTcpLimits: TcpLimits = {
  maxMessageBytes: 16 * 1024 * 1024,
  maxBufferedBytes: 32 * 1024 * 1024,
  maxConnections: 128,
  maxHandshakes: 32,
  handshakeMs: 2000,
  keepAliveMs: 1000,
};
