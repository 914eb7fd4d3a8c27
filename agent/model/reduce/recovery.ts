import type { EventOf } from '../event.ts';
import { maxAttempts, type RecoveryNotes } from '../recovery-state.ts';
import type { State } from '../state.ts';

const note = (draft: State, subject: string, notes: RecoveryNotes): void => {
  draft.recoveries ??= {};
  draft.recoveries[subject] = { ...draft.recoveries[subject], ...notes };
};

/** It is started, or runs: it is held back by nothing. */
export const release = (draft: State, subject: string): void => {
  const known = draft.recoveries?.[subject];
  if (!draft.recoveries || !known?.held) return;
  const { held: _, ...rest } = known;
  draft.recoveries[subject] = rest;
};

/** With which command it was started; where that was never its `resumeCommand`, nothing is noted. */
export const noteResumed = (draft: State, subject: string, resumed: boolean): void => {
  if (resumed || draft.recoveries?.[subject]?.resumed) note(draft, subject, { resumed });
};

/** As if it had never been brought back. */
export const forgetRecovery = (draft: State, subject: string): void => {
  delete draft.attempts[subject];
  delete draft.suspended[subject];
  delete draft.recoveries?.[subject];
};

export const addAttempt = (draft: State, subject: string, at: number, reason: string): void => {
  draft.attempts[subject] = [...(draft.attempts[subject] ?? []), { at, reason }].slice(
    -maxAttempts,
  );
};

type Decided = (draft: State, subject: string, event: EventOf<'decision.made'>) => void;

const hold: Decided = (draft, subject, { data: { reason, until = null } }) =>
  note(draft, subject, { held: { reason, until } });

/** What each decision changes; those that are followed by an action change nothing themselves. */
export const decided: Readonly<Record<string, Decided>> = {
  suspend: (draft, subject, { at }) => {
    draft.suspended[subject] = at;
    if (draft.recoveries?.[subject]?.probing) note(draft, subject, { probing: false });
  },
  probe: (draft, subject) => {
    const probes = (draft.recoveries?.[subject]?.probes ?? 0) + 1;
    note(draft, subject, { probes, probing: true });
  },
  close: (draft, subject, { at }) => {
    delete draft.suspended[subject];
    delete draft.recoveries?.[subject];
    note(draft, subject, { steadyAt: at });
  },
  reset: (draft, subject, { at }) => note(draft, subject, { steadyAt: at }),
  resume: (draft, subject) => {
    const ran = draft.recoveries?.[subject]?.ran || Object.hasOwn(draft.ends, subject);
    forgetRecovery(draft, subject);
    if (ran) note(draft, subject, { ran });
    delete draft.ends[subject];
  },
  stop: (draft, subject, { at }) => {
    forgetRecovery(draft, subject);
    const { deaths = 0 } = draft.ends[subject] ?? {};
    draft.ends[subject] = { at, reason: 'intended', deaths };
  },
  wait: hold,
  leave: hold,
};
