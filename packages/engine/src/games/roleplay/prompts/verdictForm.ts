/** How every judge answers; `verdict.ts` reads it. */
export const VERDICT_FORM = `Answer with JSON alone: {"pass": true, "reason": ""} or {"pass": false, "reason": "..."}.`;
