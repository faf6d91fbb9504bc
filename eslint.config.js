import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import svelteParser from 'svelte-eslint-parser';
import ts from 'typescript-eslint';

/**
 * The house's imports run one way (docs/architecture.md). Each line: where, what is out of bounds,
 * why. A later line replaces an earlier one for the same file.
 */
const boundaries = [
  ['libs/raft', ['@quorate/*'], 'libs/raft stands alone'],
  ['libs/raft/src/core', ['../*', 'node:*', '@quorate/*'], 'core/ imports only core/'],
  [
    'libs/raft/src/{storage,transport,codec}',
    ['**/node/*', '**/simulation/*', '**/testing/*', '@quorate/*'],
    'storage, transport and codec know nothing of the runner',
  ],
  [
    'libs/raft/src/node',
    ['**/simulation/*', '**/testing/*', '@quorate/*'],
    'nobody imports simulation/ or testing/ but tests',
  ],
  ['libs/contract', ['@quorate/*', 'node:*'], 'libs/contract is schemas, nothing else'],
  ['libs/http', ['@quorate/!(contract)'], 'libs/http knows only the contract'],
  ['apps/node', ['@quorate/supervisor', '@quorate/dashboard'], 'a node needs neither'],
  ['apps/supervisor', ['@quorate/raft'], 'the supervisor is outside of the cluster'],
  ['apps/dashboard', ['@quorate/!(contract)'], 'the dashboard knows only the contract'],
].map(([folder, group, message]) => ({
  files: [`${folder}/**/*.{ts,svelte}`],
  ignores: ['**/*.test.ts', '**/test/**'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
}));

const notDeterministic =
  'core/ is synchronous and deterministic: time and chance come in as inputs.';

export default ts.config(
  {
    ignores: [
      '**/dist/',
      '**/coverage/',
      'docs/api/',
      '**/.svelte-check/',
      '**/.svelte-kit/',
      '**/test-results/',
      '**/playwright-report/',
      '.nx/',
      '.quorate/',
    ],
  },
  js.configs.recommended,
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.{ts,svelte}'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    // Nest builds classes from decorators, and finds dependencies by their run-time types.
    files: ['apps/node/**/*.ts', 'bench/src/children/bare-server.ts'],
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/test/**/*.ts', 'e2e/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['libs/raft/src/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['Promise', 'Date', 'performance', 'process', 'Buffer', 'crypto'].map((name) => ({
          name,
          message: notDeterministic,
        })),
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({
          name,
          message: notDeterministic,
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: notDeterministic },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: ':function[async=true], AwaitExpression', message: notDeterministic },
      ],
    },
  },
  ...boundaries,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parser: svelteParser,
      parserOptions: { parser: ts.parser },
    },
  },
);
