/** A file open for reading. */
export interface ReadableFile {
  size(): Promise<number>;
  /** Reads `bytes` at `position`, less where the file ends. */
  read(position: number, bytes: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** A file open for reading and writing. */
export interface VolumeFile extends ReadableFile {
  /** Writes all of `bytes` at `position`. None of it is durable before `datasync`. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  datasync(): Promise<void>;
}

/**
 * All that a volume asks of a file system, so that tests can pull the plug at any of these calls.
 * Failures carry the system's `code` (`ENOENT`, `ENOSPC`, ...).
 */
export interface VolumeFiles {
  /** Opens a file for writing: a new one, or an old one emptied. */
  create(path: string): Promise<VolumeFile>;
  /** Opens a file that exists for writing. */
  open(path: string): Promise<VolumeFile>;
  /** The same, but each write is durable when it resolves: one wait for the disk where `write` and `datasync` are two. */
  openSynced(path: string): Promise<VolumeFile>;
  openToRead(path: string): Promise<ReadableFile>;
  /** Makes a file that nobody sees without its content. @throws `EEXIST` when there is one already. */
  claim(path: string, content: Uint8Array): Promise<void>;
  read(path: string): Promise<Buffer>;
  list(directory: string): Promise<string[]>;
  /** Makes the directory and its parents where they are missing. Durable when it resolves. */
  makeDirectory(path: string): Promise<void>;
  /** Replaces `to`. Durable once the directory is synced, as are `create` and `remove`. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
}
