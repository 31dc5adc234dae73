export type * from './characterDto.ts';
export type * from './dto.ts';
export type * from './experimentAdminDto.ts';
export type * from './experimentDto.ts';
export type * from './modelDto.ts';
export type * from './playerDto.ts';
export type { ErrorDataDto, ErrorShape } from './errorShape.ts';
export type { ApiCaller, AppRouter } from './routers/app.ts';
export type { PageHost } from './http/pageHost.ts';
