import { describe, expect, it } from 'vitest';
import { dbNameIn, withoutDurability } from './address.ts';

describe('the address of a database', () => {
  it.each([
    ['mongodb://localhost', undefined],
    ['mongodb://localhost/', undefined],
    ['mongodb://localhost/?w=1', undefined],
    ['mongodb://localhost:27017/study', 'study'],
    ['mongodb://a:1,b:2,c/study?replicaSet=rs0', 'study'],
    ['mongodb://ann:p%40ss@localhost/study%20two', 'study two'],
    ['mongodb+srv://cluster.example.org/study?retryWrites=true', 'study'],
    ['mongodb://%2Ftmp%2Fdcs%2Fmongo.sock/?directConnection=true', undefined],
    ['mongodb://%2Ftmp%2Fdcs%2Fmongo.sock/study', 'study'],
  ])('%s names the database %s', (url, name) => {
    expect(dbNameIn(url)).toBe(name);
  });

  it.each([
    ['mongodb://localhost/study', 'mongodb://localhost/study'],
    ['mongodb://localhost/?w=0', 'mongodb://localhost/'],
    ['mongodb://localhost/?W=1&tls=true&Journal=false', 'mongodb://localhost/?tls=true'],
    [
      'mongodb://h/?replicaSet=w&wtimeoutMS=1&readPreference=secondary&a=b=c',
      'mongodb://h/?replicaSet=w&a=b=c',
    ],
  ])('%s keeps all but how durable writes are: %s', (url, kept) => {
    expect(withoutDurability(url)).toBe(kept);
  });
});
