import type { Context } from '../command.ts';
import { act } from './act.ts';

/** Types `text` literally into a session; Return follows unless it is not wanted. */
export const send = (
  context: Context,
  session: string,
  text: string,
  enter: boolean,
): Promise<number> =>
  act(context, session, (client) => client.call('session.send', { session, text, enter }));
