import { codeOf } from '../../model/failure.ts';
import type { Finding } from '../../model/health.ts';

export const ok = (reason: string): Finding => ({ status: 'ok', reason });
export const failed = (reason: string): Finding => ({ status: 'failed', reason });

/** The code of an error of the system or of Node, without the words it may quote. */
export const errorName = (cause: unknown): string => codeOf(cause)?.slice(0, 60) ?? 'an error';

export const tooSlow = (ms: number): Finding => failed(`no answer within ${ms} ms`);
