import type { FieldValue } from './question.ts';

/** Answers by form, and in it by question, as the API takes them. */
export type Responses = Readonly<Record<string, Readonly<Record<string, FieldValue>>>>;

/** Fields by their names. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

const FIELD = /^([a-z0-9_]{1,60})\.([a-z0-9_]{1,64})$/;

/** The fields of forms among what a page has sent; one that was sent several times holds a list. */
export function readFields(sent: FormData): FieldValues {
  const names = new Set([...sent.keys()].filter((name) => FIELD.test(name)));
  return Object.fromEntries(
    [...names].map((name): [string, FieldValue] => {
      const values = sent.getAll(name).filter((value) => typeof value === 'string');
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

const VERSION_FIELD = /^version:([a-z0-9_]{1,60})$/;

/** The versions of the forms that a page has shown; `undefined` from a page that does not say. */
export function readVersions(sent: FormData): Readonly<Record<string, number>> | undefined {
  const versions = [...sent].flatMap(([name, value]): [string, number][] => {
    const [, form] = VERSION_FIELD.exec(name) ?? [];
    return form === undefined ? [] : [[form, Number(value)]];
  });
  return versions.length === 0 ? undefined : Object.fromEntries(versions);
}

/** Fields sorted into their forms. */
export function responsesOf(values: FieldValues): Responses {
  const forms = new Map<string, [string, FieldValue][]>();
  for (const [name, value] of Object.entries(values)) {
    const [, form, key] = FIELD.exec(name) ?? [];
    if (form === undefined || key === undefined) continue;
    forms.set(form, [...(forms.get(form) ?? []), [key, value]]);
  }
  return Object.fromEntries([...forms].map(([form, answers]) => [form, Object.fromEntries(answers)]));
}
