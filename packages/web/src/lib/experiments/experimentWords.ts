import type { AssignmentDto, ExperimentSetupDto, ExperimentStateDto, FormGroupDto } from '@dcs/api';
import { countOf } from '#lib/words.ts';
import type { Step, Waiting } from './step.ts';

/** What is said of an experiment that nobody can begin something in just now; `null` while one can. */
export const STATE_WORDS: Readonly<Record<ExperimentStateDto, string | null>> = {
  open: null,
  notOpenYet: 'Not open yet',
  closed: 'Closed',
  paused: 'Paused',
  full: 'Full',
  modelsOnly: 'For models',
};

interface Told {
  readonly title: string;
  readonly text: string;
}

export const WAITING_WORDS: Readonly<Record<Waiting, Told>> = {
  not_open_yet: { title: 'Not open yet', text: 'You have a place. This page shows by itself when it opens.' },
  closed: {
    title: 'This experiment is closed',
    text: 'Nothing new can be begun. What you have done so far is kept. Thank you for it.',
  },
  paused: {
    title: 'This experiment is paused',
    text: 'Nothing is lost. Whoever runs it will go on later, and this page shows by itself when they do.',
  },
  quota_closed: {
    title: 'This experiment has all it needs',
    text: 'Others were quicker, and there is nothing left to begin. What you have done is kept. Thank you for it.',
  },
  unavailable: {
    title: 'Nothing to begin just now',
    text: 'Everything is being played by others. A place may become free again, and this page shows by itself when one does.',
  },
};

/** What somebody at the door is told where they cannot come in. */
export const DOOR_WORDS: Readonly<Record<Exclude<ExperimentStateDto, 'open'>, Told>> = {
  notOpenYet: { title: 'Not open yet', text: 'This page shows by itself when it does.' },
  closed: {
    title: 'This experiment is closed',
    text: 'It takes no more participants. Thank you for your interest.',
  },
  paused: {
    title: 'This experiment is paused',
    text: 'It takes nobody just now. This page shows by itself when it does again.',
  },
  full: {
    title: 'This experiment is full',
    text: 'It has all the participants that it needs. Thank you for your interest.',
  },
  modelsOnly: {
    title: 'Only models take part',
    text: 'In this experiment language models play, and nobody else.',
  },
};

/** Why forms come now. */
export function groupWords(
  { event, assignmentId, blocks }: FormGroupDto,
  assignments: readonly AssignmentDto[],
): Told {
  const assignment = assignments.find((one) => one.assignmentId === assignmentId);
  const session = assignment === undefined ? 'your session' : `your session of ${assignment.gameTitle}`;
  switch (event) {
    case 'before-all-assignments':
      return { title: 'First, a few questions', text: 'Once they are answered, you can play.' };
    case 'before-assignment':
      return { title: 'Before you play', text: `A few questions come before ${session}.` };
    case 'after-turns':
      if (blocks !== 'nothing')
        return {
          title: 'From the middle of your session',
          text: `This was asked during ${session}. It comes before anything else.`,
        };
      return {
        title: 'In between',
        text: `This is asked during ${session}. You can also answer it when you are done.`,
      };
    case 'on-finish':
    case 'after-assignment':
      return { title: 'How was it?', text: `This is about ${session}. It comes before anything else.` };
    case 'after-all-assignments':
      return { title: 'Before you go', text: 'The last questions. After them, you are done.' };
    default: {
      const unreachable: never = event;
      return unreachable;
    }
  }
}

/** More than that is no goal but a limit, of which nobody has to hear all the time. */
export const MOST_GOAL = 20;

/** How far they are, such as "2 of 3 sessions done". */
export function progressWords({ completed, most }: NonNullable<ExperimentSetupDto['participant']>): string {
  return most > MOST_GOAL
    ? `${countOf(completed, 'session')} done`
    : `${completed} of ${countOf(most, 'session')} done`;
}

/** What leads on from the end of a session; `null` while it is not known what is next. */
export function onwardsWords(next: Step | null): string {
  switch (next?.at) {
    case 'answer':
      return 'Go on to a few questions';
    case 'next':
      return 'Go on to your next session';
    case 'play':
      return next.how === 'begin' ? 'Go on to your next session' : 'Back to the experiment';
    case 'choose':
      return 'Choose your next session';
    case 'done':
      return 'Go on to the last page';
    case undefined:
      return 'Go on with the experiment';
    default:
      return 'Back to the experiment';
  }
}

export const ASSIGNMENT_WORDS: Readonly<Record<AssignmentDto['status'], string>> = {
  assigned: 'Not begun',
  in_progress: 'Being played',
  completed: 'Done',
  interrupted: 'Interrupted',
  dropped: 'No longer needed',
};
