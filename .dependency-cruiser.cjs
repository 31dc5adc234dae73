/** Dependencies point one way: web -> api -> engine. The folder says where code may run. */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'engine-is-pure',
      comment:
        'The engine imports zod, pure-rand and itself, and the SHA-2 of @noble/hashes, which is pure and runs in browsers: randomness as in Python is seeded with SHA-512. Its tests may also use vitest, fast-check and files.',
      severity: 'error',
      from: { path: '^packages/engine/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^packages/engine/src', 'node_modules/(zod|pure-rand|@noble/hashes/(sha2|utils))'] },
    },
    {
      name: 'api-knows-no-web',
      severity: 'error',
      from: { path: '^packages/api' },
      to: { path: '^packages/web' },
    },
    {
      name: 'web-imports-the-client-and-types',
      comment:
        'Values of the server reach the page only through the API, else there would be two copies of its state.',
      severity: 'error',
      from: { path: '^packages/web' },
      to: {
        path: '^packages/(api|engine)',
        pathNot: '^packages/api/src/client',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'client-runs-in-browsers',
      comment: 'The published client may not pull in the server or Node.',
      severity: 'error',
      from: { path: '^packages/api/src/client', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(packages|node:|fs$|net$|http$|crypto$)',
        pathNot: '^packages/api/src/client',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'prisma-stays-in-the-store',
      severity: 'error',
      from: { path: '^packages', pathNot: '^packages/api/src/store/mongo' },
      to: { path: ['node_modules/@prisma/', '^prisma/'] },
    },
    {
      name: 'only-logs-mark-events-persisted',
      severity: 'error',
      from: { path: '^packages/(api/src/(?!store)|web)' },
      to: { path: '^packages/api/src/store/.*(log|Log)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-depends-on-benchmarks',
      comment: 'They bring other systems along, to be measured against; the product has no use for those.',
      severity: 'error',
      from: { pathNot: '^bench' },
      to: {
        path: ['^bench', 'node_modules/(@colyseus|boardgame\\.io)/'],
        pathNot: 'node_modules/.*/node_modules',
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^\\$app', '\\$types$', '^virtual:'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|\\.svelte-kit|contract\\.d\\.ts)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'svelte', 'node', 'default'],
    },
  },
};
