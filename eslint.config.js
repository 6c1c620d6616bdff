import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist', '.setup', 'node_modules', 'out', 'fetch', 'packages', 'test/golden'] },
  {
    files: ['**/*.ts', '**/*.mjs', 'src/**/*.cjs'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Clashes with noPropertyAccessFromIndexSignature, which the compiler enforces.
      '@typescript-eslint/dot-notation': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      // The order of strings must never depend on the caller's locale.
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[property.name='localeCompare']",
          message: 'Compare by code unit (src/base/order.ts).'
        },
        {
          selector: 'MemberExpression[property.name=/^toLocale/]',
          message: 'Output must not depend on the locale.'
        },
        {
          // The compiler cannot escape it there, and the launcher reads the program as Latin-1.
          selector: 'Literal[regex.pattern=/[^\\x00-\\x7f]/]',
          message: 'Write \\u… in a regular expression.'
        },
        {
          // The launcher runs the program as a script, which loads nothing but what is compiled into it.
          selector: 'ImportExpression > Literal[value!=/^\\.{1,2}\\//]',
          message: 'Import this at the top of the file.'
        }
      ]
    }
  },
  {
    // The clock and randomness come in as data; only the edge reads them.
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Take randomness as an argument.' }
      ]
    }
  },
  {
    // Types stand in comments there, which the compiler checks and these rules do not see.
    files: ['**/*.mjs', '**/*.cjs'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-require-imports': 'off'
    }
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' }
  }
)
