import type { JsonObject } from '@dcs/engine';
import type { ExportedDraftDto, ExportedFormDto } from '../playerDto.ts';
import type { PersonalData } from '../security/index.ts';
import type { FormStore, FormSubmission, FormSubmissionPage } from '../store/ports.ts';

export interface ExportedFormsPorts {
  readonly forms: Pick<FormStore, 'ofParticipant' | 'allDraftsOf'>;
  readonly personalData: PersonalData;
}

const PAGE = 200;

/** All that somebody has answered to forms, personal answers included, what came first first. */
export async function exportedForms(
  { forms, personalData }: ExportedFormsPorts,
  participantId: string,
): Promise<readonly ExportedFormDto[]> {
  const exported: ExportedFormDto[] = [];
  for (let page: FormSubmissionPage = { limit: PAGE }; ;) {
    const found = await forms.ofParticipant(participantId, page);
    exported.push(...found.map((submission) => formDto(submission, personalData)));
    const last = found.at(-1);
    if (last === undefined || found.length < PAGE) return exported;
    page = { limit: PAGE, after: last };
  }
}

/** What somebody has written into forms and not sent. */
export async function exportedDrafts(
  { forms, personalData }: ExportedFormsPorts,
  participantId: string,
): Promise<readonly ExportedDraftDto[]> {
  const drafts = await forms.allDraftsOf(participantId);
  return drafts.map(({ experiment, groupId, answers, sealed, at }) => {
    const personal = personalData.openAnswers({ participantId, of: groupId }, sealed);
    return { experiment, groupId, savedAt: new Date(at).toISOString(), answers: { ...answers, ...personal } };
  });
}

function formDto(submission: FormSubmission, personalData: PersonalData): ExportedFormDto {
  const { experiment, groupId, assignmentId, form, version, at } = submission;
  return {
    experiment,
    groupId,
    assignmentId,
    form,
    version,
    submittedAt: new Date(at).toISOString(),
    answers: allAnswers(submission, personalData),
  };
}

function allAnswers(submission: FormSubmission, personalData: PersonalData): JsonObject {
  const { participantId, form, answers, sealed } = submission;
  return { ...answers, ...personalData.openAnswers({ participantId, of: form }, sealed) };
}
