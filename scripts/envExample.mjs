// Writes .env.example from the settings in packages/api/src/env.ts.
import { writeFile } from 'node:fs/promises';
import { envExample } from '../packages/api/src/env.ts';

await writeFile(new URL('../.env.example', import.meta.url), envExample());
