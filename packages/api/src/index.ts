export type * from './dto.ts';
export type { ErrorDataDto } from './trpc.ts';
export type { ApiCaller, AppRouter } from './routers/app.ts';
