import { z } from 'zod';
import { optionalText } from './text.ts';

/**
 * The human-standard-normative profile: 28 things that buildings, forms and timetables assume of a person, in eight
 * sections. A sheet says of each whether it holds for this person.
 */
export const HSN_SECTIONS = {
  physicalAbility: [
    'ambulation',
    'manualDexterity',
    'reachAndStature',
    'vision',
    'hearing',
    'speech',
    'physicalEndurance',
  ],
  cognitiveAndPerceptual: [
    'literacy',
    'numeracy',
    'attentionControl',
    'memory',
    'processingSpeed',
    'executiveFunction',
  ],
  psychologicalAndEmotional: ['emotionalRegulation', 'stressTolerance', 'predictableBehavior'],
  socialAndCommunicative: ['normInterpretation', 'neurotypicalCommunication', 'theoryOfMind', 'selfAdvocacy'],
  temporalAndLogistical: ['timeAwareness', 'independentNavigation', 'energyPredictability'],
  institutional: ['independenceByDefault', 'consistencyOverAccommodation', 'costNeutralAccess'],
  bodilySelfMaintenance: ['lowInteroceptiveMaintenanceRequirement'],
  stability: ['functionalStability'],
} as const;

export type HsnSection = keyof typeof HSN_SECTIONS;

/** The eight sections, in their declared order. */
export const HSN_SECTION_NAMES: readonly HsnSection[] = Object.keys(HSN_SECTIONS).filter(
  (name): name is HsnSection => Object.hasOwn(HSN_SECTIONS, name),
);

export const HSN_VALUES = ['normative', 'divergent'] as const;
export type HsnValue = (typeof HSN_VALUES)[number];

const assessmentSchema = z.strictObject({
  value: z.enum(HSN_VALUES),
  explanation: optionalText(1000).meta({ description: 'What in this life makes it so.' }),
});

/** One assumption, assessed for one person. */
export type HsnAssessment = z.infer<typeof assessmentSchema>;

function section<const Name extends string>(names: readonly Name[]) {
  const shape = Object.fromEntries(names.map((name) => [name, assessmentSchema]));
  return z.strictObject(shape as Record<Name, typeof assessmentSchema>);
}

/** All 28 assumptions are required: a missing answer would read as "holds". */
export const hsnDivergenceSchema = z.strictObject({
  physicalAbility: section(HSN_SECTIONS.physicalAbility),
  cognitiveAndPerceptual: section(HSN_SECTIONS.cognitiveAndPerceptual),
  psychologicalAndEmotional: section(HSN_SECTIONS.psychologicalAndEmotional),
  socialAndCommunicative: section(HSN_SECTIONS.socialAndCommunicative),
  temporalAndLogistical: section(HSN_SECTIONS.temporalAndLogistical),
  institutional: section(HSN_SECTIONS.institutional),
  bodilySelfMaintenance: section(HSN_SECTIONS.bodilySelfMaintenance),
  stability: section(HSN_SECTIONS.stability),
});

/** A person's profile against the 28 assumptions. */
export type HsnDivergence = z.infer<typeof hsnDivergenceSchema>;

/** The assessments of one section, in its declared order. */
export function assessmentsOf(profile: HsnDivergence, name: HsnSection): readonly HsnAssessment[] {
  return Object.values<HsnAssessment>(profile[name]);
}
