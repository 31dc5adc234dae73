import { CHARACTER_FILTER_NAMES } from '@dcs/engine';
import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { MOST_CHARACTERS } from '../services/catalogService.ts';
import { adminProcedure, publicProcedure } from '../trpc.ts';
import { hidSchema } from './inputs.ts';

const revisionSchema = z.string().min(1).max(128);

const listSchema = z
  .object({
    filter: z.enum(CHARACTER_FILTER_NAMES).default('all'),
    /** Words that handle, name or short description contain, in whatever case. */
    search: z.string().trim().max(100).default(''),
    limit: z.int().min(1).max(MOST_CHARACTERS).default(MOST_CHARACTERS),
    /** The last handle of the page before. */
    afterHid: hidSchema.optional(),
  })
  .default({ filter: 'all', search: '', limit: MOST_CHARACTERS });

/** Any object: what is wrong with it is told field by field by whoever reads it as a sheet. */
const sheetSchema = z.record(z.string().max(64), z.json());

export const charactersRouter = {
  list: publicProcedure.input(listSchema).query(({ ctx, input }) => ctx.services.catalog.characters(input)),
  get: adminProcedure
    .input(z.object({ hid: hidSchema, revision: revisionSchema.optional() }))
    .query(({ ctx, input }) => ctx.services.characters.get(ctx.principal, input)),
  retired: adminProcedure.query(({ ctx }) => ctx.services.characters.retired(ctx.principal)),
  /** What a sheet can say, for whoever makes a form of it. */
  fields: adminProcedure.query(({ ctx }) => ctx.services.characters.fields(ctx.principal)),
  compare: adminProcedure
    .input(z.object({ left: hidSchema, right: hidSchema }))
    .query(({ ctx, input }) => ctx.services.characters.compare(ctx.principal, input)),
  /** A mutation only because a sheet is too long for an address: it changes nothing. */
  check: adminProcedure
    .input(z.object({ sheet: sheetSchema }))
    .mutation(({ ctx, input }) => ctx.services.characters.check(ctx.principal, input.sheet)),
  create: adminProcedure
    .input(z.object({ sheet: sheetSchema }))
    .mutation(({ ctx, input }) => ctx.services.characters.create(ctx.principal, input.sheet)),
  update: adminProcedure
    .input(z.object({ hid: hidSchema, sheet: sheetSchema, expectedRevision: revisionSchema.nullable() }))
    .mutation(({ ctx, input }) => ctx.services.characters.update(ctx.principal, input)),
  /** Nothing is lost: the character is no longer cast, and sessions that play it go on. */
  delete: adminProcedure
    .input(z.object({ hid: hidSchema, expectedRevision: revisionSchema }))
    .mutation(({ ctx, input }) => ctx.services.characters.retire(ctx.principal, input)),
} satisfies TRPCRouterRecord;
