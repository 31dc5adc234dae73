import { isAsked, parseAnswers, parseDraft } from '@dcs/engine';
import type { Answers, ExperimentMoment, Form, FormGroup, JsonObject, SubmittedForm } from '@dcs/engine';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../catalog/canonicalJson.ts';
import type { FieldProblemDto } from '../../characterDto.ts';
import { ApiError } from '../../errors.ts';
import type { PersonalData } from '../../security/index.ts';
import type { FormDraft, FormStore, SealedFields } from '../../store/ports.ts';

/** What somebody sent for a group: answers by form, and in it by question. */
export type Responses = Readonly<Record<string, JsonObject>>;

export interface FormAnswersPorts {
  readonly forms: Pick<FormStore, 'submit' | 'saveDraft' | 'draftsOf' | 'removeDraft'>;
  readonly personalData: Pick<PersonalData, 'sealAnswers' | 'openAnswers'>;
  readonly clock: { now(): number };
}

/** Whose answers they are, and to what. */
export interface Answering {
  readonly experiment: string;
  readonly participantId: string;
  readonly group: FormGroup;
}

/** A form that was answered, before it is kept. */
export interface AnsweredForm extends SubmittedForm {
  readonly answers: Readonly<Record<'open' | 'personal', JsonObject>>;
}

/** What participants answer: parsed, with personal answers sealed, and kept where it can be erased. */
export interface FormAnswers {
  /** Throws `form/invalid` with everything that is wrong. */
  read(answering: Answering, responses: Responses, moment: ExperimentMoment): readonly AnsweredForm[];
  /** Durable when resolved. Repeatable. */
  keep(answering: Answering, forms: readonly AnsweredForm[]): Promise<void>;
  /** Keeps what is there of answers that are still being written; resolves with when. */
  saveDraft(answering: Answering, responses: Responses): Promise<number>;
  /** By group, and in it by form. */
  draftsOf(
    participant: Omit<Answering, 'group'>,
    groups: readonly FormGroup[],
  ): Promise<ReadonlyMap<string, Responses>>;
  /** The answers are in: nothing of the draft is needed any more. */
  removeDraft(answering: Answering): Promise<void>;
}

/** The question whose answer says what a participant knows about. */
const EXPERTISE_KEY = 'expertise';

/**
 * Throws for answers without a form, and for answers that do not fit. A form of which nothing was sent is taken for one
 * that was left empty: clients need not send what asks nothing. Whether it was shown, `versions` says, where they come.
 */
function parseAll({ forms }: FormGroup, responses: Responses): ReadonlyMap<Form, Answers> {
  const problems: FieldProblemDto[] = Object.keys(responses)
    .filter((name) => !forms.some((form) => form.name === name))
    .map((name) => ({
      path: name,
      reason: 'form/unknown',
      message: 'is not asked now',
      fix: 'Leave it out.',
    }));
  const parsed = new Map<Form, Answers>();
  for (const form of forms) {
    const result = parseAnswers(form, responseTo(form, responses));
    if (result.ok) parsed.set(form, result.answers);
    else {
      problems.push(
        ...result.problems.map(({ key, reason, message }) => ({
          path: key === '' ? form.name : `${form.name}.${key}`,
          reason,
          message,
          fix: message,
        })),
      );
    }
  }
  if (problems.length === 0) return parsed;
  const message = `Some answers are missing or do not fit: ${problems.length}. Nothing was sent yet.`;
  throw new ApiError('form/invalid', message, { code: 'BAD_REQUEST', problems });
}

/** The same answers sent again are the same submission; others, sent after a failure, are not taken for them. */
function submissionIdOf(
  { experiment, participantId, group }: Answering,
  { name, version }: Form,
  answers: Answers,
): string {
  const said = canonicalJson([experiment, participantId, group.groupId, name, version, answers]);
  return createHash('sha256').update(said).digest('hex');
}

/** Answers to personal questions, and all others. */
function split(form: Form, answers: JsonObject): Readonly<Record<'open' | 'personal', JsonObject>> {
  const isPersonal = (key: string): boolean =>
    form.questions.some((question) => isAsked(question) && question.key === key && question.personal);
  const entries = Object.entries(answers);
  return {
    open: Object.fromEntries(entries.filter(([key]) => !isPersonal(key))),
    personal: Object.fromEntries(entries.filter(([key]) => isPersonal(key))),
  };
}

/** Words by which characters are matched, as far as they stand in an answer that is not personal. */
function expertiseIn(answers: JsonObject): string {
  const said = Object.hasOwn(answers, EXPERTISE_KEY) ? answers[EXPERTISE_KEY] : null;
  return [said]
    .flat()
    .filter((words) => typeof words === 'string')
    .join('\n');
}

/** In a draft, personal answers of all forms of a group stand side by side. */
const draftKey = (form: Form, key: string): string => `${form.name}.${key}`;

function ofForm(form: Form, answers: JsonObject): JsonObject {
  const prefix = draftKey(form, '');
  return Object.fromEntries(
    Object.entries(answers).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

const responseTo = ({ name }: Form, responses: JsonObject): unknown =>
  Object.hasOwn(responses, name) ? responses[name] : {};

export function createFormAnswers({ forms, personalData, clock }: FormAnswersPorts): FormAnswers {
  async function keepOne(answering: Answering, form: AnsweredForm): Promise<void> {
    const { experiment, participantId, group } = answering;
    const { groupId, assignmentId } = group;
    const { submissionId, form: name, version, answers } = form;
    const sealed = personalData.sealAnswers({ participantId, of: name }, answers.personal);
    await forms.submit({
      submissionId,
      experiment,
      participantId,
      groupId,
      assignmentId,
      form: name,
      version,
      at: clock.now(),
      answers: answers.open,
      sealed,
    });
  }

  /** What fits the forms of a group as they are now, of what was kept. */
  function read(group: FormGroup, draft: FormDraft): Responses {
    const place = { participantId: draft.participantId, of: draft.groupId };
    const personal = personalData.openAnswers(place, draft.sealed);
    return Object.fromEntries(
      group.forms.map((form) => {
        const open = responseTo(form, draft.answers);
        const given = { ...(typeof open === 'object' ? open : {}), ...ofForm(form, personal) };
        return [form.name, parseDraft(form, given)];
      }),
    );
  }

  return {
    read: (answering, responses, { plan }) =>
      [...parseAll(answering.group, responses)].map(([form, answers]) => {
        const parts = split(form, { ...answers });
        return {
          submissionId: submissionIdOf(answering, form, answers),
          form: form.name,
          version: form.version,
          expertise: plan.expertise.tokensOf(expertiseIn(parts.open)),
          answers: parts,
        };
      }),

    keep: async (answering, answered) => {
      for (const form of answered) await keepOne(answering, form);
    },

    saveDraft: async ({ experiment, participantId, group }, responses) => {
      const at = clock.now();
      const { groupId } = group;
      const parts = group.forms.map((form) => ({
        form,
        ...split(form, parseDraft(form, responseTo(form, responses))),
      }));
      const personal = Object.fromEntries(
        parts.flatMap(({ form, personal: own }) =>
          Object.entries(own).map(([key, value]) => [draftKey(form, key), value]),
        ),
      );
      const sealed: SealedFields = personalData.sealAnswers({ participantId, of: groupId }, personal);
      const answers = Object.fromEntries(parts.map(({ form, open }) => [form.name, open]));
      await forms.saveDraft({ experiment, participantId, groupId, at, answers, sealed });
      return at;
    },

    draftsOf: async ({ experiment, participantId }, groups) => {
      const drafts = await forms.draftsOf(experiment, participantId);
      return new Map(
        groups.flatMap((group) => {
          const draft = drafts.find(({ groupId }) => groupId === group.groupId);
          return draft === undefined ? [] : [[group.groupId, read(group, draft)] as const];
        }),
      );
    },

    removeDraft: ({ experiment, participantId, group: { groupId } }) =>
      forms.removeDraft({ experiment, participantId, groupId }),
  };
}
