import type { SessionHeader } from '@dcs/engine';
import { z } from 'zod';
import type { Manifest } from '../manifest.ts';
import type { Findings } from './findings.ts';

const dependenciesSchema = z.object({
  games: z.array(z.object({ name: z.string(), version: z.string() })),
  characters: z.array(z.object({ hid: z.string(), revision: z.string() })),
});

interface Pinned {
  /** Versions of files, by game. */
  readonly versions: ReadonlyMap<string, string>;
  /** Such as `OCT@r1`. */
  readonly sheets: ReadonlySet<string>;
}

/**
 * Whether sessions were set up by the files and sheets of the revisions that their assignments were given by. Of revisions
 * that were put in force before these were kept, nothing can be said.
 */
export function pinnedCheck(
  revisions: Manifest['revisions'],
  findings: Findings,
): (header: SessionHeader, revision: string) => void {
  const known = new Map<string, Pinned>();
  for (const { revision, dependencies } of revisions) {
    const { data } = dependenciesSchema.safeParse(dependencies);
    if (data === undefined) continue;
    known.set(revision, {
      versions: new Map(data.games.map(({ name, version }) => [name, version])),
      sheets: new Set(data.characters.map((member) => `${member.hid}@${member.revision}`)),
    });
  }
  return ({ sessionId, game, gameVersion, cast }, revision) => {
    const pinned = known.get(revision);
    if (pinned === undefined) return;
    if (pinned.versions.get(game) !== gameVersion) {
      const message = `Session ${sessionId} was played by version ${gameVersion} of ${game}, which is not that of its revision.`;
      findings.add('session/not-of-revision', message);
    }
    for (const { hid, revision: sheet } of Object.values(cast)) {
      if (pinned.sheets.has(`${hid}@${sheet}`)) continue;
      const message = `Session ${sessionId} was played with a sheet of ${hid} that is not that of its revision.`;
      findings.add('session/not-of-revision', message);
    }
  };
}
