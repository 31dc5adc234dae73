import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplePerson, exampleSheet, normativeProfile, snailDimensions } from '../testing/exampleSheet.ts';
import { characterSheetSchema } from './character.schema.ts';
import { HSN_SECTION_NAMES, HSN_SECTIONS } from './hsnDivergence.schema.ts';

function refusals(input: unknown): readonly string[] {
  const result = characterSheetSchema.safeParse(input);
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'));
}

describe('a character sheet', () => {
  it('comes back unchanged when it is valid', () => {
    expect(characterSheetSchema.parse(exampleSheet())).toEqual(exampleSheet());
    expect(characterSheetSchema.parse(examplePerson())).toEqual(examplePerson());
  });

  it('may lack senses and manner, which sheets written elsewhere do not have', () => {
    const { senses: _senses, manner: _manner, ...rest } = exampleSheet();
    expect(refusals(rest)).toEqual([]);
  });

  it('may have a name', () => {
    expect(refusals(exampleSheet({ name: 'Turner' }))).toEqual([]);
    expect(refusals(exampleSheet({ name: ' ' }))).toEqual(['name']);
  });

  it.each([
    'hid',
    'authors',
    'isHuman',
    'pcEligible',
    'commonLabels',
    'shortDescription',
    'longDescription',
    'abilities',
    'goals',
    'personaFeatures',
    'scenarios',
    'hsnDivergence',
    'dimensions',
  ])('must have the field %s', (field) => {
    const fields = Object.entries(exampleSheet()).filter(([key]) => key !== field);
    expect(refusals(Object.fromEntries(fields))).toEqual([field]);
  });

  it.each(['oct', 'Oct', '8', 'A B', '', 'A'.repeat(25), 'A-', 'Ä', 'OCT\n'])(
    'refuses %j as a handle',
    (hid) => {
      expect(refusals(exampleSheet({ hid }))).toContain('hid');
    },
  );

  it.each(['authors', 'commonLabels', 'abilities', 'goals'] as const)(
    'needs at least one entry in %s',
    (list) => {
      expect(refusals(exampleSheet({ [list]: [] }))).toEqual([list]);
    },
  );

  it('refuses text that says nothing, hides something or never ends', () => {
    for (const shortDescription of ['', ' \n\t ', 'bell\u0007', 'null\u0000', 'x'.repeat(601)]) {
      expect(refusals(exampleSheet({ shortDescription }))).toContain('shortDescription');
    }
    expect(refusals(exampleSheet({ abilities: ['Can ring.', ' '] }))).toEqual(['abilities.1']);
    expect(refusals(exampleSheet({ abilities: Array.from({ length: 101 }, () => 'Can.') }))).toEqual([
      'abilities',
    ]);
  });

  it('takes any script, emoji and right-to-left text included', () => {
    expect(refusals(exampleSheet({ shortDescription: 'مدينة 🐙 字 <b>bold</b>' }))).toEqual([]);
  });

  it('refuses fields that it does not know, at every depth', () => {
    expect(refusals({ ...exampleSheet(), mood: 'good' })).toEqual(['']);
    expect(refusals({ ...exampleSheet(), dimensions: { ...snailDimensions(), mood: {} } })).toEqual([
      'dimensions',
    ]);
    const { senses } = exampleSheet();
    expect(refusals({ ...exampleSheet(), senses: { ...senses, visoin: { acuity: 'keen' } } })).toEqual([
      'senses',
    ]);
    expect(refusals(JSON.parse('{"__proto__": {"hid": "OCT"}}'))).toContain('hid');
  });

  it.each([null, undefined, 'OCT', 7, [], [exampleSheet()]])('refuses %j', (input) => {
    expect(refusals(input)).toEqual(['']);
  });

  it('refuses whatever JSON is thrown at it without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(refusals(input).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the profile of a person', () => {
  it('assesses 28 assumptions in eight sections', () => {
    expect(HSN_SECTION_NAMES).toHaveLength(8);
    expect(HSN_SECTION_NAMES.flatMap((section) => HSN_SECTIONS[section])).toHaveLength(28);
  });

  it('refuses a missing assumption and an unknown value', () => {
    const { physicalAbility, ...rest } = normativeProfile();
    const { vision: _vision, ...others } = physicalAbility;
    expect(refusals({ ...examplePerson(), hsnDivergence: { ...rest, physicalAbility: others } })).toEqual([
      'hsnDivergence.physicalAbility.vision',
    ]);
    const odd = { ...physicalAbility, vision: { value: 'odd', explanation: '' } };
    expect(refusals({ ...examplePerson(), hsnDivergence: { ...rest, physicalAbility: odd } })).toEqual([
      'hsnDivergence.physicalAbility.vision.value',
    ]);
  });
});

describe('the dimensions of a character that is not human', () => {
  it.each([
    [[], 'dimensions.size.value'],
    [['huge'], 'dimensions.size.value.0'],
    [['meter (m)', 'meter (m)'], 'dimensions.size.value'],
  ])('refuse %j as a size', (value, path) => {
    const dimensions = { ...snailDimensions(), size: { value, explanation: 'It is.' } };
    expect(refusals({ ...exampleSheet(), dimensions })).toEqual([path]);
  });
});

describe('senses and manner', () => {
  it('must answer for every common channel, so that "cannot" is said', () => {
    const { vision: _vision, ...rest } = exampleSheet().senses ?? {};
    expect(refusals({ ...exampleSheet(), senses: rest })).toEqual(['senses.vision']);
  });

  it('refuse an unknown acuity, a badly named extra sense and one without cues', () => {
    const { senses } = exampleSheet();
    const extra = [{ name: 'Spring Tension', acuity: 'sharp', cues: [] }];
    expect(refusals({ ...exampleSheet(), senses: { ...senses, extra } })).toEqual([
      'senses.extra.0.name',
      'senses.extra.0.acuity',
      'senses.extra.0.cues',
    ]);
  });

  it('need at least two reactions of each kind, so that a character does not repeat itself at once', () => {
    const { manner } = exampleSheet();
    const reactions = { ...manner?.reactions, uneasy: ['draws in'] };
    expect(refusals({ ...exampleSheet(), manner: { ...manner, reactions } })).toEqual([
      'manner.reactions.uneasy',
    ]);
  });
});
