/** What an alert about a session, a unit or a bot is about. Those of two servers may have one name; a bot alone has none. */
export const subjectOf = ({
  server,
  session,
  bot = '',
}: {
  server: string;
  session: string;
  bot?: string;
}): string => `${server}/${session}${bot === '' ? '' : `, ${bot}`}`;
