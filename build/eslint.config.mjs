// What the house forbids. Nothing can be switched off from inside a file: a rule that does not fit is changed here.
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

const electronDoors = ['src-main/app/**', 'src-main/main.ts', 'src-main/preload.ts']
const entryPoints = ['src-main/main.ts', 'src-main/backend.ts', 'src-main/preload.ts', 'src-main/backup/worker.ts', 'src-main/platform/sheets/worker.ts']

/** A native dialog stops the event loop of the window and cannot be reached by our keys. */
const nativeDialogs = ['alert', 'confirm', 'prompt']
const useOurDialogs = 'Native dialogs freeze the window; use the dialogs of src-renderer/components.'

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'resources/**', 'demo-output/**'] },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
  },
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'].map((part) => ({ files: ['src-renderer/**/*.{ts,vue}'], ...part })),
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Vue's compiler and vue-tsc already know what is defined.
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
    },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'no-restricted-globals': ['error', ...nativeDialogs.map((name) => ({ name, message: useOurDialogs }))],
      'no-restricted-properties': [
        'error',
        ...nativeDialogs.map((property) => ({ object: 'window', property, message: useOurDialogs })),
      ],
    },
  },
  {
    // A lost promise is a lost error; only where the checker has the types at hand.
    files: ['src-main/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // Conditions only: a void return asks the checker about every call there is, which costs half a minute.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src-main/**/*.ts', 'src-renderer/**/*.{ts,vue}'],
    ignores: entryPoints,
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src-main/**/*.ts', 'src-renderer/**/*.{ts,vue}'],
    ignores: electronDoors,
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'electron', message: 'Only src-main/app, main.ts and preload.ts know Electron.' },
      ],
    },
  },
  {
    // Electron's launcher and the dependency-cruiser's rules are CommonJS by their readers' wish.
    files: ['**/*.cjs', 'build/runtime-kit/launcher/*.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
)
