import type { Problem } from '../../core/failure.js';

/** What is said instead of the message of who failed, by its code. */
const messages: Readonly<Record<string, string>> = {
  'http-403': 'This page is not allowed to do that.',
  'http-401': 'This page is not allowed to do that before somebody has signed in.',
};

/** Failures of what was asked of nodes and of the supervisor. */
export const failure = {
  /** What went wrong, whether it may have happened, and what to do. */
  explain({ asked, code, message, outcome, retryable, leader }: Problem): string {
    const parts = [messages[code] ?? (/[.!?]$/.test(message) ? message : `${message}.`)];
    // Nodes say it themselves of much that they refuse.
    const told = /nothing was changed\.$/i.test(message);
    if (asked === 'change' && outcome !== null && !told) {
      parts.push(
        outcome === 'not-applied'
          ? 'Nothing was changed.'
          : 'It may have happened or not: look before you repeat it.',
      );
    }
    if (retryable) parts.push('Trying again may help.');
    if (leader !== null && !message.includes(leader)) parts.push(`${leader} leads.`);
    return parts.join(' ');
  },
};
