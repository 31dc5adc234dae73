import { basename, extname } from 'node:path';
import { hyphenated } from './keys/words.ts';

/** What an experiment is called by the name of its file, which its own name has to agree with. */
export const nameOfFile = (file: string): string => hyphenated(basename(file, extname(file)));
