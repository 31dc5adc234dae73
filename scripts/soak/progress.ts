/** Calls `report` at every `step`th call of the result, but not at the first. */
export function reportingEvery(step: number, report: () => void): () => void {
  const size = Math.max(1, Math.round(step));
  let calls = 0;
  return () => {
    if (calls > 0 && calls % size === 0) report();
    calls += 1;
  };
}
