export type Row = readonly string[];

/** Lines with the cells of each column beneath each other: the first `names` columns stand left, figures right. */
export function table(rows: readonly Row[], names: number): readonly string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
  return rows.map((row) =>
    row
      .map((cell, column) => (column < names ? cell.padEnd(width(column)) : cell.padStart(width(column))))
      .join('  ')
      .trimEnd(),
  );
}
