export { checkRecording, describeDeviation } from './checkRecording.ts';
export type { ChangedValue, Deviation } from './checkRecording.ts';
export { recordingSchema } from './recording.schema.ts';
export type { PictureChange, PictureValue, Recording } from './recording.schema.ts';
export { recordingText, recordSession } from './recordSession.ts';
export type { SessionToRecord } from './recordSession.ts';
