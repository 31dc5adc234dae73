import type { FormGroupDto } from '@dcs/api';
import { fieldName, fieldValue, isAsked } from './question.ts';
import type { FieldValue } from './question.ts';
import type { FieldValues } from './responses.ts';

/** What was saved of a group on the way, by the names of its fields. */
export function draftFields({ forms, draft }: Pick<FormGroupDto, 'forms' | 'draft'>): FieldValues {
  const fields = forms.flatMap((form) =>
    form.questions.filter(isAsked).map((question): [string, FieldValue | null] => {
      const answers = Object.hasOwn(draft, form.name) ? draft[form.name] : undefined;
      const saved =
        answers !== undefined && Object.hasOwn(answers, question.key) ? answers[question.key] : null;
      return [fieldName(form, question), fieldValue(saved)];
    }),
  );
  return Object.fromEntries(fields.filter((field): field is [string, FieldValue] => field[1] !== null));
}
