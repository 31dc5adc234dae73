import { exists } from './paths.mjs';

/** A folder that holds nothing yet is not in a fresh clone. */
const sourceFolders = ['packages', 'prisma', 'bench', 'e2e', 'examples'].filter((name) => exists(name));
const bin = (name, file) => `node_modules/${name}/${file}`;

/**
 * What `npm run check` runs, in this order and two at a time. `node` is run under the pinned Node from the root
 * of the checkout unless `cwd` says otherwise; `needs` names files without which the check cannot mean anything.
 */
export const checks = [
  { name: 'types: engine', node: [bin('typescript', 'bin/tsc'), '-p', 'packages/engine'] },
  { name: 'types: api', node: [bin('typescript', 'bin/tsc'), '-p', 'packages/api'] },
  { name: 'types: tests and scripts', node: [bin('typescript', 'bin/tsc'), '-p', '.'] },
  {
    name: 'types: web',
    needs: ['packages/web/vite.config.ts', 'packages/web/tsconfig.json'],
    node: [
      bin('svelte-check', 'bin/svelte-check'),
      '--fail-on-warnings',
      '--output',
      'human',
      '--tsconfig',
      './tsconfig.json',
    ],
    before: [bin('@sveltejs/kit', 'svelte-kit.js'), 'sync'],
    cwd: 'packages/web',
  },
  {
    name: 'lint: oxlint',
    needs: ['.oxlintrc.json'],
    node: [bin('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings'],
  },
  {
    name: 'lint: eslint',
    needs: ['eslint.config.js'],
    node: [bin('eslint', 'bin/eslint.js'), '--max-warnings', '0', '.'],
  },
  { name: 'format', node: [bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  {
    name: 'boundaries',
    needs: ['.dependency-cruiser.cjs'],
    node: [bin('dependency-cruiser', 'bin/dependency-cruiser.mjs'), ...sourceFolders],
  },
  { name: 'dead code', needs: ['knip.json'], node: [bin('knip', 'bin/knip.js'), '--no-progress'] },
  { name: 'database contract', needs: ['scripts/contractDrift.ts'], node: ['scripts/contractDrift.ts'] },
  { name: 'games, experiments, seeds, attacks', node: ['packages/api/src/cli/main.ts', 'check'] },
];
