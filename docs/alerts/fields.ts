import type { AlertDocument } from '../../exporters/notifier/channel/document.ts';

type Field = keyof AlertDocument | `data.${keyof AlertDocument['data']}`;

/** What each field of the JSON means. A field without a text does not compile. */
export const fieldMeanings: Readonly<Record<Field, [type: string, meaning: string]>> = {
  type: ['text', '`holdfast.alert.firing` or `holdfast.alert.resolved`.'],
  timestamp: ['text', 'When the alert last changed, as `2026-01-31T23:59:59.999Z`.'],
  schema: ['`1`', 'Changes only where something is taken away, which is not meant to happen.'],
  data: ['object', 'The alert as it is now.'],
  'data.alert': ['text', 'Its id. The same alert comes again with the same id.'],
  'data.revision': [
    'number',
    'Rises with each change. A receiver that has a greater one leaves this one aside.',
  ],
  'data.kind': ['text', 'One of the kinds below.'],
  'data.severity': ['text', '`info`, `notice`, `warning`, `error` or `critical`. It may change.'],
  'data.status': ['text', '`firing` or `resolved`. It may fire again: `count` rises then.'],
  'data.lapsed': [
    'true or false',
    'Whether it is `resolved` only because nothing more will be said of it ([below](#what-has-no-end)), not because all is well.',
  ],
  'data.acknowledged': [
    'object or null',
    'Who knows of it: `at`, and `by`, a name that may be anything.',
  ],
  'data.incident': ['text or null', 'The newest incident, as `holdfast why` takes it.'],
  'data.incidents': ['list of texts', 'Up to fifty of them, oldest first.'],
  'data.count': ['number', 'How often it happened.'],
  'data.trace': ['text', 'The trace id of its newest event; empty where no event is behind it.'],
  'data.host': ['text', "The machine's name."],
  'data.sessions': ['list of texts', 'Up to 200 sessions it is about.'],
  'data.openedAt': ['number', 'When it first happened, ms since the epoch.'],
  'data.updatedAt': ['number', 'When it last changed, ms since the epoch.'],
  'data.headline': ['text', 'One line: who, and what happened.'],
  'data.actor': [
    'object or null',
    'Who brought a death about, as in the verdict ([EVENTS.md](EVENTS.md)): `pid`, `comm`, `cmdline` (redacted), `uid`, `user`, `unit`, `session`, and `ancestry`, its parent first, each with `pid`, `comm`, `cmdline`. What was not seen is null. All of it is chosen by whoever ran it. Null: nobody did it, or nobody was seen.',
  ],
  'data.details': [
    'list of objects',
    '`label` and `text`: cause, pattern, what would prevent it, how sure, what was done. For people.',
  ],
  'data.screen': [
    'object or null',
    'The last lines of a screen, redacted: `session` and `text`, at most 600 characters. Null without `screens: true` of the channel.',
  ],
};
