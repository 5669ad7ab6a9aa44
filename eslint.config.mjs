import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const TYPEORM_EVERYWHERE =
  '^(EntityManager|EntityTarget|ObjectLiteral|SelectQueryBuilder|In|IsNull|Not|Like|Between|LessThan|LessThanOrEqual|MoreThan|MoreThanOrEqual)$';

const KNOTS = {
  name: '@nestjs/common',
  importNames: ['forwardRef', 'Global'],
  message: 'A circle or a hidden global. Move what both need into a room below.',
};
const GATE = 'Only src/records touches the data source. Use Transactions.change or Transactions.read.';

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'node_modules/', 'test/golden/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // An interface that promises a promise is kept by an async function, whether it waits or not.
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-imports': ['error', { paths: [KNOTS] }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/records/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            KNOTS,
            ...['@nestjs/typeorm', 'better-sqlite3', 'pg'].map((name) => ({ name, message: GATE })),
          ],
          patterns: [
            { regex: '^typeorm$', importNamePattern: `^(?!${TYPEORM_EVERYWHERE.slice(1)})`, message: GATE },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name=/^(transaction|startTransaction|getRepository|createQueryRunner)$/]',
          message: GATE,
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|failing)$/], CallExpression[callee.name=/^(xit|fit|xtest|xdescribe|fdescribe)$/]',
          message: 'Every test runs. Mend it or take it out.',
        },
      ],
      // supertest, inject and raw rows hand over values without a type, and assertions are what proves their shape.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        __dirname: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  {
    files: ['src/web/**/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: {
        window: 'readonly',
        document: 'readonly',
        navigator: 'readonly',
        atob: 'readonly',
        btoa: 'readonly',
      },
    },
  },
);
