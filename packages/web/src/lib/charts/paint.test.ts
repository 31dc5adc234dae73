import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillOf, paintOf, PAINTS } from './paint.ts';

type Color = readonly [number, number, number];
type Matrix = readonly [Color, Color, Color];

/** How colours look to people who lack one kind of cone, in linear light (Machado, Oliveira and Fernandes 2009). */
const SIGHTS: Readonly<Record<string, Matrix>> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no long-wave cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no medium-wave cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no short-wave cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const TOKENS = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');

/** A colour of the stylesheet by day or by night. */
function token(name: string, palette: 'light' | 'dark'): string {
  const found = new RegExp(`${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(TOKENS);
  const color = palette === 'light' ? found?.[1] : found?.[2];
  if (color === undefined) throw new Error(`There is no ${name}.`);
  return color;
}

function linear(hex: string): Color {
  const channel = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const dot = (row: Color, [r, g, b]: Color): number => row[0] * r + row[1] * g + row[2] * b;

const seenWith = (sight: Matrix, color: Color): Color => {
  const see = (row: Color): number => Math.min(1, Math.max(0, dot(row, color)));
  return [see(sight[0]), see(sight[1]), see(sight[2])];
};

/** In OKLab, in which equal distances look equally far apart. */
function perceived(color: Color): Color {
  const cones: Color = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], color)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], color)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], color)),
  ];
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ];
}

const luminance = (hex: string): number => dot([0.2126, 0.7152, 0.0722], linear(hex));

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const colorName = (index: number): string => paintOf(index).color.slice('var('.length, -1);

/** Twice what people take for a different colour at a glance. */
const CLEARLY_APART = 0.12;

describe.each(['light', 'dark'] as const)('The colours of series, %s', (palette) => {
  const colors = PAINTS.map((_, index) => token(colorName(index), palette));

  it.each(Object.entries(SIGHTS))('are far apart for people with %s', (_, sight) => {
    const seen = colors.map((color) => perceived(seenWith(sight, linear(color))));
    for (const [index, one] of seen.entries()) {
      for (const [other, another] of seen.slice(0, index).entries()) {
        const distance = Math.hypot(one[0] - another[0], one[1] - another[1], one[2] - another[2]);
        expect(distance, `series ${other + 1} and ${index + 1}`).toBeGreaterThan(CLEARLY_APART);
      }
    }
  });

  it('stand out from every ground by at least 3 to 1', () => {
    for (const ground of ['--page', '--raised', '--sunken']) {
      for (const color of colors) {
        expect(contrast(color, token(ground, palette)), `${color} on ${ground}`).toBeGreaterThan(3);
      }
    }
  });
});

describe('The paints of series', () => {
  it.each(['color', 'pattern', 'dash', 'mark'] as const)('differ in their %s', (property) => {
    expect(new Set(PAINTS.map((paint) => paint[property])).size).toBe(PAINTS.length);
  });

  it('begin again after the last one', () => {
    expect(paintOf(PAINTS.length)).toBe(PAINTS[0]);
    expect(fillOf('u', PAINTS.length + 1)).toBe(fillOf('u', 1));
  });
});
