import type { Balance, PreflightReport } from '@dcs/engine';
import { table } from '../table.ts';
import type { Row } from '../table.ts';

const BALANCE_WORDS: Readonly<Record<Balance['id'], string>> = {
  games: 'games',
  playerCharacters: 'characters played',
  simulatedCharacters: 'characters met',
  combinations: 'combinations',
};

const QUOTA_WORDS: Readonly<Record<PreflightReport['quotas'][number]['id'], string>> = {
  participants: 'participants',
  perGame: 'per game',
  perCharacter: 'per character',
  perCombination: 'per combination',
};

const section = (rows: readonly Row[]): readonly string[] => (rows.length < 2 ? [] : ['', ...table(rows, 1)]);

function balanceRows({ balances }: PreflightReport): readonly Row[] {
  const rows = balances.map(({ id, least, most, chiSquare, chance, verdict }) => [
    BALANCE_WORDS[id],
    String(least),
    String(most),
    chiSquare.toFixed(1),
    chance.toFixed(3),
    verdict,
  ]);
  return [['completed', 'least', 'most', 'chi-square', 'chance', ''], ...rows];
}

function quotaRows({ quotas }: PreflightReport): readonly Row[] {
  const rows = quotas.map(({ id, quota, places, filled, filledBy }) => [
    QUOTA_WORDS[id],
    String(quota),
    String(places),
    String(filled),
    filledBy === null ? '-' : String(filledBy),
  ]);
  return [['quota', 'of each', 'places', 'filled', 'by participant'], ...rows];
}

function stageRows({ stages }: PreflightReport): readonly Row[] {
  const rows = stages.map(({ stage, reached, left, turnedAway }) => [
    stage,
    String(reached),
    String(left),
    String(turnedAway),
  ]);
  return [['stage', 'came', 'left', 'turned away'], ...rows];
}

function callRows({ effort }: PreflightReport): readonly Row[] {
  const dollarsOf = (dollars: number | null): string => (dollars === null ? '?' : dollars.toFixed(2));
  const rows = effort.roles.map(({ role, calls, dollars }) => [role, String(calls), dollarsOf(dollars)]);
  return [
    ['asked', 'calls', 'dollars'],
    ...rows,
    ['together', String(effort.calls), dollarsOf(effort.dollars)],
  ];
}

function effortLine({ effort }: PreflightReport): string {
  const { sessions, turns, hoursOfPeople, minutesEach, hoursInAll, mostAtOnce } = effort;
  const each = minutesEach === null ? '' : `, ${Math.round(minutesEach)} minutes for whoever finishes`;
  return (
    `${sessions} sessions with ${turns} turns, at most ${mostAtOnce} at once; ` +
    `${Math.round(hoursOfPeople)} hours of people${each}; ${Math.round(hoursInAll)} hours from the invitation to the end.`
  );
}

/** A report for people: what it comes to, why, and the figures beneath. */
export function preflightLines(report: PreflightReport): readonly string[] {
  const { experiment, verdict, people, seed } = report;
  return [
    `${experiment} is ${verdict.readiness} (simulated with ${people.came} participants, seed ${seed}).`,
    ...verdict.reasons.map((reason) => `  ${reason}`),
    ...section(balanceRows(report)),
    ...section(quotaRows(report)),
    ...section(stageRows(report)),
    ...section(callRows(report)),
    '',
    effortLine(report),
  ];
}
