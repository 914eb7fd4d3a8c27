import { bold, code, italic, lines, type Rich } from '../format/rich.ts';

/** Alerts that are acknowledged or silenced. */
export const alertTexts = {
  acknowledged: (sessions: readonly string[]): Rich => [
    '👍 Acknowledged',
    sessions.length === 0
      ? ''
      : [
          ': ',
          code(sessions.slice(0, 5).join(', ')),
          sessions.length > 5 ? ` and ${sessions.length - 5} more` : '',
        ],
    '.',
  ],
  silenced: (session: string | null, until: string): Rich => [
    '🔕 ',
    session === null ? 'Everything' : code(session),
    ` is silenced until ${until}.`,
  ],
  unsilenced: (session: string | null): Rich => [
    '🔔 ',
    session === null ? 'Everything' : code(session),
    ' is no longer silenced.',
  ],
  endSilence: (session: string | null): string => `End: ${session ?? 'everything'}`,
  silences: bold('Silenced now'),
  noSilences: 'Nothing is silenced.',
  howToSilence: lines(
    ['Write ', code('/silence NAME 2h REASON'), ', or press:'],
    italic('Critical alerts are silenced too.'),
  ),
  everything: 'Everything 1 h',
  whichAll: lines(
    ['A session is called ', code('all'), ': is everything meant, or that session?'],
    'Either is silenced for 1 h.',
  ),
  noReason: 'asked for on Telegram',
  tooLong: 'A silence lasts from one minute to 30 days: 30m, 2h, 1d.',
} as const;
