import type { Form } from './form.ts';

/** The versions of forms that somebody had before them, by their names. */
export type ShownVersions = Readonly<Record<string, number>>;

/** Whether exactly these forms were shown, each in the version that it has: then answers are answers to them. */
export function areAsShown(
  forms: readonly Pick<Form, 'name' | 'version'>[],
  versions: ShownVersions,
): boolean {
  const shown = new Map(Object.entries(versions));
  return shown.size === forms.length && forms.every(({ name, version }) => shown.get(name) === version);
}
