import mongo from '@prisma/orm-mongo/runtime';
import type { MongoClient } from 'mongodb';
import type { Contract } from '../../../../../prisma/contract.d.ts';
import contractJson from '../../../../../prisma/contract.json' with { type: 'json' };

/** Typed collections by their names in the database, over a client that the caller owns. */
export function openCollections(mongoClient: MongoClient, dbName: string) {
  return mongo<Contract>({ contractJson, mongoClient, dbName }).orm;
}

export type Collections = ReturnType<typeof openCollections>;
