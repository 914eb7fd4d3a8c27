import { createHash } from 'node:crypto';

/** What a button is about. `session` is a hash of its name: data of a button has no room for names. */
export interface Target {
  incident: string | null;
  session: string | null;
}

/** As the Bot API limits `callback_data`. */
const mostBytes = 64;
const hashCharacters = 10;

export const sessionHash = (name: string): string =>
  createHash('sha256').update(name).digest('base64url').slice(0, hashCharacters);

/** Whether a button is about this session; one that names none is about all of its incident. */
export const isAbout = ({ session }: Target, name: string): boolean =>
  session === null || sessionHash(name) === session;

const form = /^([a-z]{2,8})(?::([\w-]{1,40}))?(?:@([\w-]{10}))?$/;

/**
 * `VERB[:INCIDENT][@SESSION]`. What does not fit is left out from its end; a button that says too little is answered
 * with a question.
 */
export const buttonData = (verb: string, { incident, session }: Partial<Target> = {}): string => {
  const about = incident && /^[\w-]{1,40}$/.test(incident) ? `:${incident}` : '';
  const data = `${verb}${about}${session ? `@${sessionHash(session)}` : ''}`;
  return Buffer.byteLength(data) <= mostBytes ? data : verb;
};

/** Null for what no button of ours says. */
export const parseButton = (data: string): { verb: string; target: Target } | null => {
  const [, verb, incident, session] = form.exec(data) ?? [];
  if (verb === undefined) return null;
  return { verb, target: { incident: incident ?? null, session: session ?? null } };
};
