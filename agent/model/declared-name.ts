/**
 * tmux rewrites names, so the declared one is kept in the session's user option `@holdfast`, as base64url:
 * no byte of it can break a line of a listing.
 */
export const encodeDeclared = (session: string): string =>
  Buffer.from(session, 'utf8').toString('base64url');

/** Empty when the option is not set, or was set by someone else to something we never write. */
export const decodeDeclared = (option: string): string =>
  /^[A-Za-z0-9_-]{1,2000}$/.test(option) ? Buffer.from(option, 'base64url').toString('utf8') : '';
