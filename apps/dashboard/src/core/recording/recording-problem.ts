/**
 * Why a file cannot be opened.
 * - `foreign`: it is no recording
 * - `newer`: a later version of Quorate wrote it
 * - `damaged`: this line, that begins at this byte of the unpacked text, is not what it should be
 * - `too-large`: it holds more than this many bytes, packed or unpacked
 */
export type RecordingFault =
  | { readonly kind: 'foreign' }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly line: number; readonly byte: number }
  | { readonly kind: 'too-large'; readonly limitBytes: number };

/** A recording that cannot be opened. Nothing that was shown before is changed by it. */
export class RecordingProblem extends Error {
  override readonly name = 'RecordingProblem';

  constructor(
    readonly fault: RecordingFault,
    options?: ErrorOptions,
  ) {
    super(`The recording cannot be opened: ${fault.kind}.`, options);
  }
}
