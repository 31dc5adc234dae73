import type { FormGroupDto } from '@dcs/api';

export type Form = FormGroupDto['forms'][number];
export type Question = Form['questions'][number];
export type AskedQuestion = Exclude<Question, { readonly type: null }>;
export type QuestionOf<T extends AskedQuestion['type']> = Extract<AskedQuestion, { readonly type: T }>;

/** What a field holds while it is filled in. */
export type FieldValue = string | readonly string[];

export function isAsked(question: Question): question is AskedQuestion {
  return question.type !== null;
}

/** The name of a question's field on the page. Forms of a group have different names, and neither part has a dot. */
export const fieldName = (form: Form, question: Question): string => `${form.name}.${question.key}`;

/** The name of the field that says which version of a form is shown; no question has such a name. */
export const versionName = ({ name }: Pick<Form, 'name'>): string => `version:${name}`;

/** What fields hold that were sent or saved before, as words; nothing for what no field could show. */
export function fieldValue(saved: unknown): FieldValue | null {
  if (typeof saved === 'string') return saved;
  if (typeof saved === 'boolean') return saved ? 'yes' : 'no';
  if (typeof saved === 'number') return String(saved);
  return Array.isArray(saved) ? saved.filter((entry) => typeof entry === 'string') : null;
}
