import { describe, expect, it } from 'vitest';
import { exampleConfig } from '../../testing/examplePlan.ts';
import { assigned, completed, foldFacts, joined, started } from '../../testing/foldFacts.ts';
import type { ExperimentFact } from '../event.ts';
import { fullGames, quotaBook } from './quotas.ts';

const two: readonly ExperimentFact[] = [joined('p1'), joined('p2', 2)];
const candidate = { game: 'explore', pc: 'ANT', npc: 'BEE' };

const roomFor = (quotas: object, facts: readonly ExperimentFact[], participantId: string): boolean =>
  quotaBook(foldFacts(facts), exampleConfig({ quotas })).roomFor(participantId)(candidate);

describe('the quota of a game', () => {
  const config = exampleConfig({ quotas: { perGame: 2 } });
  const fullAfter = (...facts: readonly ExperimentFact[]): readonly string[] => [
    ...fullGames(foldFacts([...two, ...facts]), config),
  ];

  it('is filled by what was given, whether or not it has been begun', () => {
    expect(fullAfter(assigned('p1', 'explore ANT BEE'))).toEqual([]);
    expect(fullAfter(assigned('p1', 'explore ANT BEE'), assigned('p2', 'explore BEE ANT'))).toEqual([
      'explore',
    ]);
  });

  it('counts people, and not how often they play', () => {
    expect(fullAfter(...completed('p1', 'explore ANT BEE'), ...completed('p1', 'explore ANT CAT'))).toEqual(
      [],
    );
  });

  it('counts nobody whose place was given up or has lapsed', () => {
    const given = [assigned('p1', 'explore ANT BEE'), assigned('p2', 'explore BEE ANT')];
    const of = { participantId: 'p2', assignmentId: 'p2 explore BEE ANT' };
    expect(fullAfter(...given, { type: 'assignmentLapsed', ...of })).toEqual([]);
    expect(fullAfter(...given, { type: 'assignmentDropped', reason: 'withdrawn', ...of })).toEqual([]);
    expect(
      fullAfter(...given, { type: 'assignmentLapsed', ...of }, { type: 'assignmentRenewed', ...of }),
    ).toEqual(['explore']);
  });

  it('is none where the file has none', () => {
    const facts = [...two, ...completed('p1', 'explore ANT BEE'), ...completed('p2', 'explore ANT BEE')];
    expect(fullGames(foldFacts(facts), exampleConfig())).toEqual(new Set());
  });

  it('is counted for each variant by itself', () => {
    const games = [{ name: 'explore' }, { name: 'explore', variant: 'explore-hidden' }];
    const state = foldFacts([joined('p1'), assigned('p1', 'explore-hidden ANT BEE')]);
    expect(fullGames(state, exampleConfig({ games, quotas: { perGame: 1 } }))).toEqual(
      new Set(['explore-hidden']),
    );
  });
});

describe('the other quotas', () => {
  const taken = [...two, started('p1', 'explore ANT BEE')];
  taken.splice(2, 0, assigned('p1', 'explore ANT BEE'));

  it('close the experiment to those who are not in it when it has its participants', () => {
    expect(roomFor({ participants: 1 }, two, 'p2')).toBe(true);
    expect(roomFor({ participants: 1 }, taken, 'p2')).toBe(false);
    expect(roomFor({ participants: 1 }, taken, 'p1')).toBe(true);
  });

  it('close a character to those who have not met it, in whatever game', () => {
    const met = [...two, ...completed('p1', 'teamwork CAT BEE')];
    expect(roomFor({ perCharacter: 1 }, met, 'p2')).toBe(false);
    expect(roomFor({ perCharacter: 1 }, met, 'p1')).toBe(true);
    expect(roomFor({ perCharacter: 1 }, [...two, ...completed('p1', 'explore ANT CAT')], 'p2')).toBe(true);
  });

  it('close a combination by game and both characters', () => {
    expect(roomFor({ perCombination: 1 }, taken, 'p2')).toBe(false);
    expect(roomFor({ perCombination: 1 }, [...two, ...completed('p1', 'explore CAT BEE')], 'p2')).toBe(true);
  });

  it('do not concern games in which nobody is met', () => {
    const duel = { game: 'duel', pc: null, npc: null };
    const state = foldFacts([...two, { ...assigned('p1', 'duel'), pc: null, npc: null } as ExperimentFact]);
    expect(quotaBook(state, exampleConfig({ quotas: { perCharacter: 1 } })).roomFor('p2')(duel)).toBe(true);
  });

  it('let an assignment have its place again as long as nobody else has taken it', () => {
    const of = { participantId: 'p1', assignmentId: 'p1 explore ANT BEE' };
    const lapsed: readonly ExperimentFact[] = [
      ...two,
      assigned('p1', 'explore ANT BEE'),
      { type: 'assignmentLapsed', ...of },
    ];
    const config = exampleConfig({ quotas: { perGame: 1 } });
    const again = (facts: readonly ExperimentFact[]): boolean =>
      quotaBook(foldFacts(facts), config).roomFor('p1')(candidate);
    expect(again(lapsed)).toBe(true);
    expect(again([...lapsed, assigned('p2', 'explore CAT ANT')])).toBe(false);
  });
});
