/** Notations that are the same in every language: what needs words stands in the catalogue. */

const narrowSpace = '\u202f';

/** `12 345`: digits in groups of three. */
export function integer(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, narrowSpace);
}

/** `850 ms`, `12 s`, `3 min 12 s`, `2 h 5 min`, `3 d 4 h`: the two largest units. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const hours = Math.floor(seconds / 3_600);
  if (hours < 24) return `${hours} h ${Math.floor((seconds % 3_600) / 60)} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `0.4 ms`, `12 ms`, `1.2 s`: how long something small took. */
export function latency(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** `512 B`, `4.2 kB`, `87 MB` */
export function bytes(number: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  let value = number;
  for (; value >= 1_000 && at < units.length - 1; at += 1) value /= 1_000;
  return `${at > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[at] ?? ''}`;
}

/** `14:03:09.120`, the reader's own time zone. */
export function clock(time: number): string {
  const date = new Date(time);
  const part = (value: number, digits: number) => String(value).padStart(digits, '0');
  return `${part(date.getHours(), 2)}:${part(date.getMinutes(), 2)}:${part(date.getSeconds(), 2)}.${part(date.getMilliseconds(), 3)}`;
}
