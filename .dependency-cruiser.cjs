// The arrows of the house: who may import whom. Proved by tests/house/arrows.test.ts, which plants every violation.

/** A room is a folder of src-main; these two are not rooms but the ground and the door to Electron. */
const notRooms = ['platform', 'app']
const room = `^src-main/(?!(?:${notRooms.join('|')})/)([^/]+)/`
const apiFile = '[a-z-]*api[.]ts$'

/** Files of the platform that know no Node, no database and no clock, so that screens, apis and rules may use them. */
const pureNames =
  'approval-terms|capitals|check-digit|company-settings|contract|dates|dictionary|errors|guessable|identity|issue-words|money|own-items|passphrase|process|roles|setting-entry|text|two-persons'
const pure = `src-main/platform/(?:${pureNames})[.]ts$`

/** What a room declares for the catalog of settings. */
const roomSettings = '^src-main/(?!platform/)[^/]+/settings[.]ts$'

/** What runs only in Node: a screen, an api or a rule that reaches one of these is no longer pure. */
const impure = [
  `^src-main/platform/(?!(?:${pureNames})[.]ts$)`,
  '^src-main/[^/]+/(?:service|tables)[.]ts$',
  '^src-main/(?:main|backend|preload|rooms)[.]ts$',
]
const impurePackages = '(?:^|node_modules/)(?:electron|better-sqlite3|drizzle-orm|rotating-file-stream|exceljs)(?:/|$)'

/** Laws and declarations of a room: pure, tested alone. */
const lawful = '(?:rules|process|words)[.]ts$'

/** Put together the whole from its rooms, and so may see all of them. */
const assemblers = '^src-main/(?:backend|rooms|main|preload)[.]ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'renderer-imports-only-apis',
      comment: 'A screen speaks to the other floor through api.ts, and shares only the pure files of the platform.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', pathNot: [`^src-main/[^/]+/${apiFile}`, `^${pure}`] },
    },
    {
      name: 'main-never-imports-renderer',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-renderer/' },
    },
    {
      name: 'api-is-pure',
      comment: 'An api.ts holds schemas: zod, other apis, the pure files of the platform, and what these bring.',
      severity: 'error',
      from: { path: `^src-main/[^/]+/${apiFile}` },
      to: { path: impure, reachable: true },
    },
    {
      name: 'api-imports-no-machinery',
      severity: 'error',
      from: { path: `^src-main/[^/]+/${apiFile}` },
      to: { path: impurePackages, reachable: true },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule, and the declaration of a process, has no clock, no database and no I/O: it is tested alone.',
      severity: 'error',
      from: { path: `^src-main/[^/]+/${lawful}` },
      to: { path: impure, reachable: true },
    },
    {
      name: 'rules-import-no-machinery',
      severity: 'error',
      from: { path: `^src-main/[^/]+/${lawful}` },
      to: { path: impurePackages, reachable: true },
    },
    {
      name: 'pure-files-know-no-node',
      comment: 'What screens, apis and rules are made of must load in a browser.',
      severity: 'error',
      from: { path: [`^src-main/[^/]+/${apiFile}`, `^src-main/[^/]+/${lawful}`, `^${pure}`, '^src-renderer/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rules-meet-other-rooms-in-rules',
      severity: 'error',
      from: { path: `${room}rules[.]ts$` },
      to: {
        path: '^src-main/',
        pathNot: ['^src-main/$1/', `^${pure}`, '^src-main/[^/]+/rules[.]ts$', `^src-main/[^/]+/${apiFile}`],
      },
    },
    {
      name: 'tables-meet-other-rooms-in-tables',
      comment: 'Foreign keys point at tables.',
      severity: 'error',
      from: { path: `${room}tables[.]ts$` },
      to: {
        path: '^src-main/',
        pathNot: ['^src-main/$1/', '^src-main/platform/', '^src-main/[^/]+/tables[.]ts$', `^src-main/[^/]+/${apiFile}`],
      },
    },
    {
      name: 'rooms-meet-at-the-door',
      comment: 'A room asks another through its service.ts and api.ts; its rules and tables are its own.',
      severity: 'error',
      from: { path: room, pathNot: '/(?:rules|tables)[.]ts$' },
      to: {
        path: '^src-main/',
        pathNot: [
          '^src-main/$1/',
          '^src-main/platform/',
          '^src-main/[^/]+/service[.]ts$',
          `^src-main/[^/]+/${apiFile}`,
        ],
      },
    },
    {
      name: 'platform-knows-no-room',
      severity: 'error',
      from: { path: '^src-main/platform/' },
      to: { path: '^src-main/', pathNot: '^src-main/platform/' },
    },
    {
      name: 'only-the-catalog-collects-settings',
      comment: 'A setting is read through the settings of the hall, whichever room declared it.',
      severity: 'error',
      from: { path: '^src-(?:main|renderer)/' },
      to: { path: roomSettings },
    },
    {
      name: 'settings-are-declarations',
      severity: 'error',
      from: { path: roomSettings },
      to: { path: '^src-main/', pathNot: `^${pure}` },
    },
    {
      name: 'app-knows-no-business',
      comment: 'The shell sees of a room no more than a screen does.',
      severity: 'error',
      from: { path: '^src-main/app/' },
      to: {
        path: '^src-main/',
        pathNot: ['^src-main/app/', '^src-main/platform/', `^src-main/[^/]+/${apiFile}`],
      },
    },
    {
      name: 'nobody-imports-the-assemblers',
      severity: 'error',
      from: { path: '^src-(?:main|renderer)/', pathNot: assemblers },
      to: { path: assemblers },
    },
    {
      name: 'only-the-shell-knows-electron',
      severity: 'error',
      from: { path: '^src-(?:main|renderer)/', pathNot: ['^src-main/app/', '^src-main/(?:main|preload)[.]ts$'] },
      to: { path: '(?:^|node_modules/)electron(?:/|$)' },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^src-(?:main|renderer)/' },
      to: { path: '^(?:tests|build)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src-(?:main|renderer)/' },
      to: { circular: true },
    },
    {
      name: 'no-cycles-between-rooms',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src-main/[^/]+$' },
      to: { path: '^src-main/[^/]+$', circular: true },
    },
    {
      name: 'what-is-imported-exists',
      severity: 'error',
      from: { path: '^src-(?:main|renderer)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // It collects the declarations of all rooms into one type and does nothing else; seen as an arrow, it would make each
    // room a neighbour of every other. What it collects is held to declarations by the rule above.
    exclude: { path: '^src-main/platform/settings-catalog[.]ts$' },
    // A type-only import is an arrow too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.mts', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
