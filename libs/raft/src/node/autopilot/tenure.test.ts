import { describe, expect, it } from 'vitest';
import type { Member } from '../../core/configuration.js';
import { type LeaderStatus, Tenure } from './tenure.js';

function member(id: string, role: Member['role'] = 'voter'): Member {
  return { id, address: `${id}:1`, incarnation: id, role, promote: false, attributes: {} };
}

/** What n1 tells as a leader; contacts are those of its peers. */
function status(
  contacts: Readonly<Record<string, number | null>>,
  fields: Partial<{ index: number; committed: boolean; outgoing: readonly Member[] }> = {},
): LeaderStatus {
  const { index = 1, committed = true, outgoing = null } = fields;
  const members = ['n1', ...Object.keys(contacts)].map((id) => member(id));
  const peers = Object.entries(contacts).map(([id, lastContactMs]) => ({ id, lastContactMs }));
  const configuration = { index, members, outgoing };
  return { id: 'n1', configuration, configurationCommitted: committed, peers };
}

describe('Tenure', () => {
  it('counts silence from the last word, but never from before it first looked', () => {
    const tenure = new Tenure(1);
    const silence = (now: number, contacts: Record<string, number | null>) =>
      tenure.look(status(contacts), now, 100).peers.map(({ silentMs }) => silentMs);
    expect(silence(1000, { n2: 900, n3: null })).toEqual([0, 0]);
    expect(silence(1500, { n2: 1400, n3: null })).toEqual([500, 500]);
    expect(silence(2000, { n2: 30, n3: null })).toEqual([30, 1000]);
  });

  it('counts a member that was away from its return', () => {
    const tenure = new Tenure(1);
    tenure.look(status({ n2: null }), 0, 100);
    tenure.look(status({}), 1000, 100);
    expect(tenure.look(status({ n2: null }), 2000, 100).peers).toMatchObject([{ silentMs: 0 }]);
  });

  it('tells how long the configuration has stood, and null while it changes', () => {
    const tenure = new Tenure(1);
    const settled = (now: number, fields: Parameters<typeof status>[1]) =>
      tenure.look(status({ n2: 0 }, fields), now, 100).settledMs;
    expect(settled(0, {})).toBe(0);
    expect(settled(500, {})).toBe(500);
    expect(settled(600, { index: 7, committed: false })).toBeNull();
    expect(settled(700, { index: 7 })).toBe(0);
    expect(settled(800, { index: 8, outgoing: [member('n1')] })).toBeNull();
    // Changed twice between two looks.
    expect(settled(900, { index: 11 })).toBe(0);
    expect(settled(950, { index: 11 })).toBe(50);
  });

  it('remembers the most voters that there were', () => {
    const tenure = new Tenure(1);
    tenure.look(status({ n2: 0, n3: 0, n4: 0 }), 0, 100);
    expect(tenure.look(status({ n2: 0 }), 0, 100)).toMatchObject({ mostVoters: 4 });
  });
});
