import type { FieldProblemDto } from '@dcs/api';
import { fail, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { readFields, readVersions, responsesOf } from '#lib/forms/responses.ts';
import type { FieldValues } from '#lib/forms/responses.ts';
import { asPlayer } from '#lib/server/asPlayer.ts';
import { pageHost } from '#lib/server/host.ts';
import type { Api } from '#lib/server/host.ts';
import { rememberKey } from '#lib/server/keyCookie.ts';
import { readRefusal } from '#lib/server/refusal.ts';
import type { Refusal } from '#lib/server/refusal.ts';

/** What comes back to the page of an experiment; a type, as answers of actions are read as records. */
export type ExperimentAnswer = {
  /** A key that has just been made, to be shown once. */
  readonly accessKey: string | null;
  /** Which forms were sent and not taken, and with what. */
  readonly groupId: string | null;
  readonly values: FieldValues;
  readonly problem: string;
  readonly problems: readonly FieldProblemDto[];
  /** Whether other questions are asked by now than were on the page, which has to show them. */
  readonly hasChanged: boolean;
};

const NOTHING: ExperimentAnswer = {
  accessKey: null,
  groupId: null,
  values: {},
  problem: '',
  problems: [],
  hasChanged: false,
};

type ExperimentEvent = RequestEvent<{ name: string }>;

const MAX_ID = 256;

const pageOf = ({ params }: ExperimentEvent): string => `/experiments/${encodeURIComponent(params.name)}`;

const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, MAX_ID) : '';
};

/** Runs it, or resolves with why it was refused. Whoever is not signed in goes to sign in and comes back. */
async function refusedBy(
  event: ExperimentEvent,
  run: (api: Api) => Promise<unknown>,
): Promise<Refusal | null> {
  try {
    await run(event.locals.api);
    return null;
  } catch (thrown) {
    const refusal = readRefusal(thrown);
    if (refusal === null) throw thrown;
    if (refusal.code === 'UNAUTHORIZED') return asPlayer(event, () => Promise.reject(thrown));
    return refusal;
  }
}

const refused = ({ status, message: problem }: Refusal) => fail(status, { ...NOTHING, problem });

/** Does it and shows the page anew, or says why not. */
async function doing(event: ExperimentEvent, run: (api: Api) => Promise<unknown>) {
  const refusal = await refusedBy(event, run);
  return refusal === null ? redirect(303, pageOf(event)) : refused(refusal);
}

/** Takes part, with the key that one has. */
async function join(event: ExperimentEvent) {
  const { name } = event.params;
  return doing(event, (api) => api.experiments.join({ name }));
}

/** Takes part as somebody who says nothing of themselves: a key is made and shown. */
async function enter(event: ExperimentEvent) {
  const { name } = event.params;
  let accessKey = '';
  const refusal = await refusedBy(event, async (api) => {
    accessKey = (await api.players.anonymous({ experiment: name })).accessKey;
    rememberKey(event.cookies, event.url, accessKey);
    await pageHost().caller(accessKey, event.getClientAddress()).experiments.join({ name });
  });
  return refusal === null ? { ...NOTHING, accessKey } : refused(refusal);
}

async function answer(event: ExperimentEvent) {
  const { name } = event.params;
  const form = await event.request.formData();
  const groupId = field(form, 'groupId');
  const values = readFields(form);
  const sent = { name, groupId, responses: responsesOf(values), versions: readVersions(form) };
  const refusal = await refusedBy(event, (api) => api.experiments.submitForm(sent));
  if (refusal === null) return redirect(303, pageOf(event));
  // The same answers may be sent twice. These are others, perhaps from another device: the page has to say so.
  if (refusal.reason === 'form/not-pending') return redirect(303, `${pageOf(event)}?answered=before`);
  const { status, message: problem, problems, reason } = refusal;
  const hasChanged = reason === 'form/changed';
  return fail(status, { ...NOTHING, groupId, values, problem, problems, hasChanged });
}

/** Keeps what is there of answers that are still being written. */
async function draft(event: ExperimentEvent) {
  const { name } = event.params;
  const form = await event.request.formData();
  const groupId = field(form, 'groupId');
  const responses = responsesOf(readFields(form));
  const refusal = await refusedBy(event, (api) => api.experiments.saveDraft({ name, groupId, responses }));
  return refusal === null ? NOTHING : refused(refusal);
}

/** Begins what was named, or what comes next, and goes there. Where questions come first, the page asks them. */
async function begin(event: ExperimentEvent) {
  const { name } = event.params;
  const form = await event.request.formData();
  let assignmentId = field(form, 'assignmentId');
  let sessionId = '';
  const refusal = await refusedBy(event, async (api) => {
    if (assignmentId === '') assignmentId = (await api.experiments.next({ name })).assignmentId;
    sessionId = (await api.experiments.startSession({ name, assignmentId, source: 'web' })).sessionId;
  });
  if (refusal === null) return redirect(303, `/play/${encodeURIComponent(sessionId)}`);
  return refusal.reason === 'experiment/forms-pending' ? redirect(303, pageOf(event)) : refused(refusal);
}

async function select(event: ExperimentEvent) {
  const { name } = event.params;
  const form = await event.request.formData();
  const [game, pc, npc] = [field(form, 'game'), field(form, 'pc'), field(form, 'npc')];
  const cast = { ...(pc === '' ? {} : { pc }), ...(npc === '' ? {} : { npc }) };
  return doing(event, (api) => api.experiments.select({ name, game, ...cast }));
}

async function withdraw(event: ExperimentEvent) {
  const { name } = event.params;
  const form = await event.request.formData();
  if (field(form, 'sure') !== 'yes') {
    return fail(400, { ...NOTHING, problem: 'Tick the box to say that you are sure. Nothing has changed.' });
  }
  return doing(event, (api) => api.experiments.withdraw({ name }));
}

/** What a participant can do on the page of an experiment. */
export const experimentActions = { join, enter, answer, draft, begin, select, withdraw };
