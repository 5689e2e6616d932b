// Which way the arrows run: renderer → shared ← main, and nothing imports test.
const ELECTRON = '(^|node_modules/)electron(/|$)';
/** @type {import('dependency-cruiser').DependencyType[]} */
const OUTSIDE = ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];
const packages = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'a cycle is one module in two files; types may refer to each other, since nothing of that is left at run time',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'unresolvable',
      comment: 'an import that is not found would hide every rule about it',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shared-knows-no-floor-above',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(main|renderer|test|scripts)/' },
    },
    {
      name: 'main-knows-no-renderer',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^(renderer|scripts)/' },
    },
    {
      name: 'renderer-knows-no-main',
      comment: 'the contract is the only way through the wall',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|scripts)/' },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'shared-has-few-packages',
      comment:
        'the engine is pure: re2js for untrusted expressions, @noble/hashes where WebCrypto cannot be waited for',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/(contract/|cbor/fast\\.ts$|handover/write-qr\\.ts$)' },
      to: { dependencyTypes: OUTSIDE, pathNot: packages('re2js', '@noble/hashes') },
    },
    {
      name: 'qr-has-uqr-alone',
      severity: 'error',
      from: { path: '^shared/handover/write-qr\\.ts$' },
      to: { dependencyTypes: OUTSIDE, pathNot: packages('uqr') },
    },
    {
      name: 'contract-has-zod',
      severity: 'error',
      from: { path: '^shared/contract/' },
      to: { dependencyTypes: OUTSIDE, pathNot: packages('zod') },
    },
    {
      name: 'zod-only-in-the-contract',
      comment:
        'one door for schemas below; main and the renderer take them from the contract, or have schemas of their own',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/contract/' },
      to: { path: packages('zod') },
    },
    {
      name: 'cbor-x-only-on-the-fast-path',
      comment: 'it keeps the last of two keys and repairs bad UTF-8 in silence: never for a verdict',
      severity: 'error',
      from: { pathNot: '^(shared/cbor/fast\\.ts$|test/)' },
      to: { path: packages('cbor-x') },
    },
    {
      name: 'fast-path-has-cbor-x-alone',
      severity: 'error',
      from: { path: '^shared/cbor/fast\\.ts$' },
      to: { dependencyTypes: OUTSIDE, pathNot: packages('cbor-x') },
    },
    {
      name: 'keytar-has-one-importer',
      comment: 'whoever reads the keychain is seen at once',
      severity: 'error',
      from: { pathNot: '^(main/secrets/keytar-store\\.ts$|test/)' },
      to: { path: packages('keytar') },
    },
    {
      name: 'electron-stays-in-main',
      severity: 'error',
      from: { path: '^(shared|renderer)/' },
      to: { path: ELECTRON },
    },
    {
      name: 'no-electron-where-plain-node-runs',
      comment: 'the command line and the batch workers use these folders without Electron',
      severity: 'error',
      from: { path: '^main/(cli|secrets|keys|ovp)/' },
      to: { path: ELECTRON },
    },
    {
      name: 'preload-is-thin',
      comment: 'it runs beside the page: it exposes the names of the contract, and nothing else',
      severity: 'error',
      from: { path: '^main/preload/' },
      to: { pathNot: ['^main/preload/', '^shared/contract/', ELECTRON] },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-do-not-meet',
      comment: 'what two features need belongs to shared/, ui/ or platform/',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'the-door-to-main-is-platform',
      comment: 'one place to fake in component tests; types of the contract are for all',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/platform/' },
      to: { path: '^shared/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ui-knows-no-feature',
      severity: 'error',
      from: { path: '^renderer/(ui|platform|workers)/' },
      to: { path: '^renderer/features/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true, // imports of types are arrows too
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
