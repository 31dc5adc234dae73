import { seededNumbers } from './random.ts';

const POINTS = 28;
const CENTRE = 50;

interface Wave {
  readonly lobes: number;
  readonly size: number;
  readonly phase: number;
}

function radiusAt(angle: number, waves: readonly Wave[], bend: number): number {
  return waves.reduce(
    (sum, { lobes, size, phase }) => sum + size * Math.cos(lobes * angle + phase + bend),
    1,
  );
}

const round = (value: number): string => value.toFixed(1);

/** A closed smooth curve through the middles of a polygon's sides. */
function closedCurve(points: readonly (readonly [number, number])[]): string {
  const middle = (index: number): readonly [number, number] => {
    const [x1, y1] = points[index % points.length] ?? [CENTRE, CENTRE];
    const [x2, y2] = points[(index + 1) % points.length] ?? [CENTRE, CENTRE];
    return [(x1 + x2) / 2, (y1 + y2) / 2];
  };
  const [startX, startY] = middle(points.length - 1);
  const curves = points.map(([x, y], index) => {
    const [endX, endY] = middle(index);
    return `Q${round(x)} ${round(y)} ${round(endX)} ${round(endY)}`;
  });
  return `M${round(startX)} ${round(startY)}${curves.join('')}Z`;
}

/**
 * The contour map of a mind: nested curves, the same for the same name, as paths for a 100 by 100 view box.
 * Decoration: it means nothing beyond "this one and no other".
 */
export function sigilPaths(name: string, rings = 5): readonly string[] {
  const next = seededNumbers(name);
  const waves: Wave[] = [2, 3, 4 + Math.floor(next() * 3)].map((lobes, index) => ({
    lobes,
    size: (0.05 + 0.15 * next()) / (1 + index * 0.45),
    phase: next() * Math.PI * 2,
  }));
  const drift = [(next() - 0.5) * 14, (next() - 0.5) * 14] as const;
  const twist = (next() - 0.5) * 1.1;
  return Array.from({ length: rings }, (_, ring) => {
    const depth = (ring + 0.6) / rings;
    const points = Array.from({ length: POINTS }, (_ignored, index) => {
      const angle = (index / POINTS) * Math.PI * 2;
      const radius = 34 * depth * radiusAt(angle, waves, twist * (1 - depth) * 3);
      const shift = 1 - depth;
      return [
        CENTRE + drift[0] * shift + radius * Math.cos(angle),
        CENTRE + drift[1] * shift + radius * Math.sin(angle),
      ] as const;
    });
    return closedCurve(points);
  });
}
