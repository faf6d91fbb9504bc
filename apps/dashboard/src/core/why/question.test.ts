import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Question, questionOf, questionText } from './question.js';

const node = fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/);
const question: fc.Arbitrary<Question> = fc.oneof(
  fc.constantFrom({ kind: 'no-leader' }, { kind: 'at-risk' }, { kind: 'change' } as const),
  fc.record({ kind: fc.constant('behind' as const), node }),
  fc.record({ kind: fc.constant('pending' as const), index: fc.option(fc.nat()) }),
  fc.record({ kind: fc.constant('refused' as const), code: node, node: fc.option(node) }),
);

prop.prop([question])('a question comes back from its address as it went', (asked) => {
  expect(questionOf(questionText(asked))).toEqual(asked);
});

test.each(['', 'behind', 'pending:x', 'refused', 'what'])('%j is no question', (text) => {
  expect(questionOf(text)).toBeNull();
});
