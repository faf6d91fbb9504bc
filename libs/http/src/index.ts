export { errorBody, HttpError, toHttpError } from './http-error.js';
export { OriginGuard } from './origin-guard.js';
export type { GuardedRequest, OriginPolicy } from './origin-guard.js';
