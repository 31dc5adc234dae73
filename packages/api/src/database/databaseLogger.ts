/** What this folder needs of a logger: whole sentences for an operator. A pino logger fits. */
export type DatabaseLogger = {
  info(message: string): void;
  warn(message: string): void;
};
