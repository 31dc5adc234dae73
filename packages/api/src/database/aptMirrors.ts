/** One archive that the host already trusts, and how it proves that trust. */
export type AptMirror = { uri: string; signedBy: string | null };

/** The host's own archives among `sources` that carry its release `codename`; pure text in, values out. */
export function findMirrors(sources: { name: string; text: string }[], codename: string): AptMirror[] {
  const entries = sources.flatMap(({ name, text }) =>
    name.endsWith('.sources') ? parseStanzas(text) : parseLines(text),
  );
  const mirrors = entries
    .filter(({ suites }) => suites.includes(codename))
    .flatMap(({ mirrors: found }) => found);
  return mirrors.filter((mirror, at) => mirrors.findIndex(({ uri }) => uri === mirror.uri) === at);
}

type Entry = { mirrors: AptMirror[]; suites: string[] };

/** `deb [options] uri suite components`, one source a line. */
function parseLines(text: string): Entry[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s/.exec(`${line} `);
    const [, options = '', uri, suite] = match ?? [];
    if (!uri || !suite) return [];
    const signedBy = /(?:^|\s)signed-by=(\S+)/.exec(options)?.[1] ?? null;
    return [{ mirrors: [{ uri, signedBy }], suites: [suite] }];
  });
}

/** Stanzas of `Field: value` separated by empty lines. */
function parseStanzas(text: string): Entry[] {
  const plain = text.replaceAll(/^#.*\n?/gm, '');
  return plain.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(stanza)?.[1]?.trim() ?? '';
    const words = (name: string) => field(name).split(/\s+/).filter(Boolean);
    if (!words('Types').includes('deb') || field('Enabled').toLowerCase() === 'no') return [];
    // A key written into the stanza itself starts on the next line; only a path can be carried over.
    const signedBy = field('Signed-By').startsWith('/') ? field('Signed-By') : null;
    return [{ mirrors: words('URIs').map((uri) => ({ uri, signedBy })), suites: words('Suites') }];
  });
}
