import type { Context } from '../command.ts';
import { act } from './act.ts';

export const stop = (context: Context, session: string): Promise<number> =>
  act(context, session, (client) => client.call('session.stop', { session }));
