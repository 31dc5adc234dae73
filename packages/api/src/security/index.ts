export { checkAccessKey, hashAccessKey, newAccessKey } from './accessKey.ts';
export { createKeySuccession } from './keySuccession.ts';
export { createPersonalData } from './personalData.ts';
export type { PersonalData } from './personalData.ts';
export { loadPersonalDataKeys, parsePersonalDataKeys, PERSONAL_DATA_KEY_FILE } from './personalDataKeys.ts';
export type { PersonalDataKeys } from './personalDataKeys.ts';
export { splitRegistration } from './registration.ts';
export { createSealer } from './sealer.ts';
