import { type Happening, membersChanged } from '../../core/timeline/happenings.js';
import type { Catalogue } from '../../i18n/catalogue.js';

/** Elections have a table of their own. */
export type Other = Exclude<Happening, { kind: 'election' }>;

type Words = Catalogue['timeline']['happenings'];

/** What happened, and what else there is to say of it. @param now for what is not over yet */
export function inWords(
  happening: Other,
  now: number,
  words: Words,
): { readonly what: string; readonly more: string } {
  switch (happening.kind) {
    case 'tenure': {
      const { node, term, from, to, end } = happening.tenure;
      const why = end === null ? null : (words.ends[end] ?? end);
      const more = to === null ? words.stillLeads : words.tenureEnd(to - from, why);
      return { what: words.tenure(node, term), more };
    }
    case 'membership':
      return membershipInWords(happening, words);
    case 'process': {
      const { node, what, how } = happening.turn;
      return { what: words.turns[what](node), more: how === null ? '' : words.how(how) };
    }
    case 'fault': {
      const { node, peer, direction, effect, owner, from, to } = happening.fault;
      return {
        what: words.fault(node, peer, direction, effect),
        more: words.faultOf(owner, to === null ? null : to - from),
      };
    }
    case 'snapshot':
    case 'storage':
      return { what: `${happening.node}: ${happening.told.event.text}`, more: '' };
  }
}

function membershipInWords(
  { change, before, t }: Extract<Happening, { kind: 'membership' }>,
  words: Words,
): { what: string; more: string } {
  const { added, removed, promoted, demoted } = membersChanged(change, before);
  const told = [
    before && added.length > 0 ? words.added(added) : null,
    removed.length > 0 ? words.removed(removed) : null,
    promoted.length > 0 ? words.promoted(promoted) : null,
    demoted.length > 0 ? words.demoted(demoted) : null,
    before === null ? words.members(change.members.map(({ id }) => id)) : null,
  ].filter((part) => part !== null);
  const more = [
    change.joint ? words.joint : null,
    change.committedAt === null ? words.uncommitted : words.committed(change.committedAt - t),
  ].filter((part) => part !== null);
  return { what: told.length === 0 ? words.unchanged : told.join(', '), more: more.join(', ') };
}
