import { randomUUID } from 'node:crypto';
import type { CharacterSheet, SessionEvent, SessionHeader, SessionSummary } from '@dcs/engine';

/* Values for the contract suite: complete, valid and unlike each other, so that suites can share one database. */

export const T0 = Date.UTC(2026, 5, 1, 12);

export const newId = (): string => randomUUID();

export function sampleEvent(sessionId: string, seq: number, over: Partial<SessionEvent> = {}): SessionEvent {
  return {
    sessionId,
    seq,
    eventId: newId(),
    at: T0 + seq,
    turn: seq,
    direction: 'inbound',
    source: 'user',
    kind: 'message',
    format: 'text',
    content: `Line ${seq}`,
    seat: 'pc',
    command: null,
    data: null,
    audience: null,
    commandId: newId(),
    receipt: null,
    ...over,
  };
}

/** Events `from`..`to` of one session. */
export function sampleRun(sessionId: string, from: number, to: number): SessionEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => sampleEvent(sessionId, from + index));
}

export function sampleHeader(over: Partial<SessionHeader> = {}): SessionHeader {
  return {
    sessionId: newId(),
    game: 'explore',
    gameVersion: '1.0.0',
    ownerId: newId(),
    source: 'api',
    seed: newId(),
    config: { maxTurns: 50, opening: { 'a.b': ['$set', { $ref: 'x', $id: 'y' }] } },
    stoppingConditions: [{ attribute: 'turns', comparison: '>=', value: 50 }],
    cast: { pc: { hid: 'NA', revision: 'r1' }, npc: { hid: 'OCT', revision: 'r2' } },
    seats: { pc: { kind: 'player', playerId: 'p1' }, npc: { kind: 'model' }, 'third.seat': { kind: 'open' } },
    createdAt: T0,
    parent: null,
    commandId: newId(),
    ...over,
  };
}

export function sampleSummary(over: Partial<SessionSummary> = {}): SessionSummary {
  return {
    status: 'active',
    turns: 0,
    lastSeq: 0,
    lastActiveAt: T0,
    playerIds: [],
    endedAt: null,
    terminationReason: null,
    ...over,
  };
}

export function sampleSheet(hid: string, over: Partial<CharacterSheet> = {}): CharacterSheet {
  return {
    hid,
    authors: ['The suite'],
    isHuman: false,
    pcEligible: true,
    commonLabels: ['octopus'],
    shortDescription: 'An octopus.',
    longDescription: 'An octopus in a tide pool, curious about everything that glitters.',
    abilities: ['Tastes with its arms'],
    goals: ['A crab'],
    personaFeatures: [],
    scenarios: [],
    hsnDivergence: null,
    dimensions: null,
    ...over,
  };
}
