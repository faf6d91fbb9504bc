import { expect, test } from 'vitest';
import { deskSeeing } from '../../test/desk.js';
import { blank, killed, leading, member, process, three } from '../../test/fixtures.js';
import { observed } from '../../test/observed.js';
import { languages, type Language } from '../i18n/catalogue.js';

test.each(Object.keys(languages) as Language[])(
  'in %s the name of every action has the word on its button in it, for those who speak to the page',
  async (language) => {
    const members = [...three, member('n4', 'learner')];
    const view = observed({
      n1: { words: leading('n1', { members }) },
      n3: { process: process('n3', { state: 'paused' }) },
      n4: {},
      n5: { words: blank('n5') },
      n6: { words: blank('n6'), process: process('n6', killed) },
    });
    const desk = deskSeeing(view);
    await desk.wording.use(language);
    for (const { face, name } of desk.actions.all) {
      expect(name.toLowerCase()).toContain(face.toLowerCase());
    }
  },
);
