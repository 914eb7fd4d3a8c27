import type { ExitStatus } from '../../../model/events/death.ts';
import type { SessionEvents } from '../../../model/events/session.ts';
import type { Accounts } from './account.ts';
import { ofLife } from './home.ts';
import { seconds } from './seconds.ts';

const ending = (exit: ExitStatus | null): string => {
  if (exit === null) return 'how its program ended is not known';
  return exit.signal === null
    ? `its program exited with status ${exit.status}`
    : `its program was ended by signal ${exit.signal}`;
};

export const sessionAccounts: Accounts<SessionEvents> = {
  'supervision.started': {
    sentence: ({ session, found }) => `Session ${session} is supervised (${found})`,
    subject: ofLife,
  },
  'session.ended': {
    sentence: ({ session, reason, ageMs }) =>
      `Session ${session} ended as meant (${reason}) after ${seconds(ageMs)}`,
    subject: (data) => ({ ...ofLife(data), reason: data.reason }),
  },
  'session.died': {
    sentence: ({ session, ageMs, exit }) =>
      `Session ${session} died after ${seconds(ageMs)}; ${ending(exit)}`,
    subject: (data) => ({ ...ofLife(data), incident: data.incident }),
  },
};
