import type { AlertEvents } from '../events/alert.ts';
import type { Silence } from '../silence.ts';
import type { State } from '../state.ts';
import type { Handlers } from './handler.ts';

/** Whether two silences are about the same sessions. */
export const isAboutSame = (
  a: Pick<Silence, 'session' | 'server'>,
  b: Pick<Silence, 'session' | 'server'>,
): boolean => a.session === b.session && (a.server ?? null) === (b.server ?? null);

/** The one about the same sessions gives way to what was said last; what is over is nobody's concern any more. */
const dropSilences = (draft: State, said: AlertEvents['alert.silenced'], at: number): void => {
  draft.silences = Object.fromEntries(
    Object.entries(draft.silences ?? {}).filter(
      ([, silence]) => !isAboutSame(silence, said) && silence.until > at,
    ),
  );
};

/** What was told, and to whom, is the notifier's to know: only what people say of it is state. */
export const alertHandlers: Handlers<AlertEvents> = {
  'alert.sent': () => undefined,
  'alert.failed': () => undefined,
  'remote.paired': () => undefined,
  'remote.unpaired': () => undefined,
  'remote.refused': () => undefined,

  'alert.acknowledged': (draft, { at, data }) => {
    const incident = draft.incidents[data.incident];
    if (!incident) return 'unknown-incident';
    const acknowledged = incident.acknowledged ?? { at, by: data.by };
    draft.incidents[data.incident] = { ...incident, acknowledged };
    return undefined;
  },

  'alert.silenced': (draft, { at, data }) => {
    if (draft.silences?.[data.silence]) return 'silence-exists';
    dropSilences(draft, data, at);
    draft.silences = { ...draft.silences, [data.silence]: { ...data, at } };
    return undefined;
  },

  'alert.unsilenced': (draft, { data }) => {
    const { [data.silence]: silence, ...others } = draft.silences ?? {};
    if (!silence) return 'unknown-silence';
    draft.silences = others;
    return undefined;
  },
};
