/* Forms as files declare them, one for each occasion beside the game. */

export const consentForm = {
  name: 'consent',
  trigger: { event: 'before-all-assignments' },
  questions: [{ key: 'agreed', prompt: 'Do you agree?', type: 'bool', required: true }],
};

export const readyForm = {
  name: 'ready',
  trigger: { event: 'before-assignment' },
  questions: [{ key: 'ready', prompt: 'Ready?', type: 'bool' }],
};

export const afterForm = {
  name: 'after',
  trigger: { event: 'after-assignment' },
  questions: [{ key: 'how', prompt: 'How was it?', type: 'string' }],
};

export const exitForm = {
  name: 'exit',
  trigger: { event: 'after-all-assignments' },
  questions: [{ key: 'rest', prompt: 'Anything else?', type: 'string' }],
};
