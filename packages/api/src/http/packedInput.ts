import type { SuperJSONResult } from 'superjson';
import { z } from 'zod';
import { wireFormat } from '../wireFormat.ts';

/** An input as it stands in a message. What it holds is for the procedure to check. */
export const packedInputSchema = z.custom<SuperJSONResult>(
  (value) => typeof value === 'object' && value !== null && 'json' in value,
);

/** What it holds; `undefined` where nothing was sent. */
export const unpacked = (input: SuperJSONResult | undefined): unknown =>
  input === undefined ? undefined : wireFormat.input.deserialize(input);
