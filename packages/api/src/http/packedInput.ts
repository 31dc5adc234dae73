import type { SuperJSONResult } from 'superjson';
import { z } from 'zod';

/** An input as it stands in a message. What it holds is for the procedure to check. */
export const packedInputSchema = z.custom<SuperJSONResult>(
  (value) => typeof value === 'object' && value !== null && 'json' in value,
);
