import { describe, expect, it } from 'vitest';
import { findMirrors } from './aptMirrors.ts';

const stanzas = `# a comment
Types: deb
URIs: http://deb.example.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://deb.example.org/debian-security
Suites: bookworm-security
Components: main
`;

describe('the archives a host already uses', () => {
  it('are the ones of its own release, with their keys', () => {
    expect(findMirrors([{ name: 'debian.sources', text: stanzas }], 'bookworm')).toEqual([
      { uri: 'http://deb.example.org/debian', signedBy: '/usr/share/keyrings/archive.gpg' },
    ]);
  });

  it('are read from one-line files as well, whatever options they carry', () => {
    const text = [
      '# deb http://old.example.org/debian bookworm main',
      'deb-src http://deb.example.org/debian bookworm main',
      'deb [arch=amd64 signed-by=/etc/keys/a.gpg] https://a.example.org/debian bookworm main contrib',
      'deb http://b.example.org/debian bookworm main',
      'deb http://b.example.org/debian bookworm-updates main',
    ].join('\n');
    expect(findMirrors([{ name: 'sources.list', text }], 'bookworm')).toEqual([
      { uri: 'https://a.example.org/debian', signedBy: '/etc/keys/a.gpg' },
      { uri: 'http://b.example.org/debian', signedBy: null },
    ]);
  });

  it('leave out disabled stanzas, keys written in place and repetitions', () => {
    const text = `Types: deb
Enabled: no
URIs: http://off.example.org/debian
Suites: bookworm

Types: deb deb-src
URIs: http://on.example.org/debian http://on.example.org/debian
Suites: bookworm
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
`;
    expect(findMirrors([{ name: 'x.sources', text }], 'bookworm')).toEqual([
      { uri: 'http://on.example.org/debian', signedBy: null },
    ]);
  });

  it('are none where nothing is configured', () => {
    expect(findMirrors([{ name: 'sources.list', text: '' }], 'bookworm')).toEqual([]);
  });
});
