import { Failure } from '../../../agent/model/failure.ts';
import type { Credentials } from './credentials.ts';

/** Both null: there is none. `failure`: why it cannot be read. */
export const readToken = (
  credentials: Credentials,
): { token: string | null; failure: Failure | null } => {
  try {
    return { token: credentials.read('telegram-token'), failure: null };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return { token: null, failure: cause };
  }
};
