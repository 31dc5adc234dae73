import { expect, it } from 'vitest';
import { importedNames } from './webBuild.mjs';

it('a source of the page is what is imported, and nothing that is merely quoted', () => {
  const text = [
    "import './app.css';",
    "import type { Shape } from './shape.ts';",
    'import {',
    '  one,',
    '  two,',
    "} from '#lib/numbers.ts';",
    "export * from './again.ts';",
    'export function words(path) {',
    "  return path.split('.');",
    '}',
    "const later = () => import('./later.ts');",
  ].join('\n');
  expect(importedNames(text)).toEqual(['./app.css', '#lib/numbers.ts', './again.ts', './later.ts']);
});
