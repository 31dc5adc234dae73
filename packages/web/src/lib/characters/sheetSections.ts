import type { GroupField, SheetField } from '@dcs/api';
import { titleOf } from './sheetForm.ts';

/** A part of the form with a heading of its own. */
export interface SheetSection {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
}

/** Fields that belong together. A group or a list that stands in none of them is a section by itself. */
const TOGETHER: readonly SheetSection[] = [
  {
    id: 'who',
    title: 'Who it is',
    names: ['hid', 'name', 'isHuman', 'pcEligible', 'commonLabels', 'authors'],
  },
  { id: 'description', title: 'Description', names: ['shortDescription', 'longDescription'] },
  { id: 'conduct', title: 'Abilities and goals', names: ['abilities', 'goals', 'personaFeatures'] },
];

const isLarge = ({ kind, item }: { kind: SheetField['kind']; item?: SheetField }): boolean =>
  kind === 'group' || (kind === 'list' && item?.kind === 'group');

/** Every field of a sheet in one section, whatever the schema has: what nobody has put anywhere comes last. */
export function sectionsOf(root: GroupField): readonly SheetSection[] {
  const known = new Set(root.fields.map(({ name }) => name));
  const placed = new Set(TOGETHER.flatMap(({ names }) => names));
  const others = root.fields.filter(({ name }) => !placed.has(name));
  const small = others.filter(({ field }) => !isLarge(field)).map(({ name }) => name);
  const sections = [
    ...TOGETHER.map((section) => ({ ...section, names: section.names.filter((name) => known.has(name)) })),
    ...others
      .filter(({ field }) => isLarge(field))
      .map(({ name, field }) => ({ id: name, title: titleOf(name, field), names: [name] })),
    { id: 'more', title: 'More', names: small },
  ];
  return sections.filter(({ names }) => names.length > 0);
}
