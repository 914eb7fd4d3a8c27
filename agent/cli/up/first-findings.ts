import type { StatusDocument } from '../../model/status/status.ts';

/** Nothing new for this long: all that was to be found is found, ms. */
const quietMs = 400;
/** Past this, from the first document on, it is said what there is: a session that cannot start must not hold back the rest, ms. */
const longestMs = 8000;

const isComplete = ({ links, servers, sessions }: StatusDocument): boolean =>
  links.some(({ connected }) => connected) &&
  servers.every(
    ({ managed, status }) => status !== 'unknown' && !(managed && status === 'absent'),
  ) &&
  sessions.every(({ status }) => status !== 'waiting');

const outline = ({ servers, sessions }: StatusDocument): string =>
  JSON.stringify([
    servers.map(({ server, status }) => [server, status]),
    sessions.map(({ session, status }) => [session, status]),
  ]);

/**
 * Tells when everything that runs was found and everything declared was started: feed it each status
 * document with the time (ms, monotonic); true from then on.
 */
export const createSettling = (): ((now: number, document: StatusDocument) => boolean) => {
  let last = '';
  let startedAt: number | null = null;
  let since = 0;
  let settled = false;
  return (now, document) => {
    startedAt ??= now;
    const seen = outline(document);
    if (seen !== last) [last, since] = [seen, now];
    const quiet = isComplete(document) && now - since >= quietMs;
    settled ||= quiet || now - startedAt >= longestMs;
    return settled;
  };
};
