/** In percent from the left and from the top. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a `path` draws: a line from point to point that breaks off where there is none. */
export function linePath(points: readonly (Point | null)[]): string {
  return points
    .map((point, index) => {
      if (point === null) return '';
      const isStart = index === 0 || points[index - 1] === null;
      return `${isStart ? 'M' : 'L'}${point.x.toFixed(2)},${point.y.toFixed(2)}`;
    })
    .join('');
}
