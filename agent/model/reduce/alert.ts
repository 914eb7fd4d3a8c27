import type { AlertEvents } from '../events/alert.ts';
import type { State } from '../state.ts';
import type { Handlers } from './handler.ts';

/** The one about the same sessions gives way to what was said last; what is over is nobody's concern any more. */
const dropSilences = (draft: State, session: string | null, at: number): void => {
  draft.silences = Object.fromEntries(
    Object.entries(draft.silences ?? {}).filter(
      ([, silence]) => silence.session !== session && silence.until > at,
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
    dropSilences(draft, data.session, at);
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
