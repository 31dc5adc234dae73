import {
  builtInGames,
  createGameRegistry,
  DEFAULT_POPULATION,
  preflightReport,
  simulateExperiment,
  withPrices,
} from '@dcs/engine';
import { parentPort, workerData } from 'node:worker_threads';
import { offeredFrom, plannedFrom } from './plannedFrom.ts';
import type { Rehearsal } from './rehearse.ts';

/* The thread in which an experiment is simulated. What it is given was checked by whoever started it. */

const { config, participants, seed, startsAt, prices, gameFiles, characters }: Rehearsal = workerData;
const { entries: games } = createGameRegistry(builtInGames, gameFiles);
const planned = plannedFrom(offeredFrom(config, { games, characters }));
const simulation = simulateExperiment({
  planned,
  participants,
  seed,
  startsAt,
  population: withPrices(DEFAULT_POPULATION, prices),
});
parentPort?.postMessage(preflightReport(simulation), []);
