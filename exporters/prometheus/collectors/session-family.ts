import type { Family, FamilyInfo, Sample } from '../family.ts';
import type { SessionLine } from '../state/document.ts';
import type { SessionLines } from './session-lines.ts';

/** @returns null where the series is absent. @param now ms since the epoch */
type Value = (session: SessionLine, now: number) => number | null;

const samplesOf =
  (value: Value) =>
  ({ lines }: SessionLines): Sample[] => {
    const samples: Sample[] = [];
    for (const { labels, session, now } of lines) {
      const current = value(session, now);
      if (current !== null) samples.push({ labels, value: current });
    }
    return samples;
  };

/** A series for each session. */
export const ofEach = (
  type: FamilyInfo['type'],
  name: string,
  help: string,
  value: Value,
): Family<SessionLines> => ({
  ...{ name, type, help },
  labels: ['session', 'server'],
  samples: samplesOf(value),
});

/** A gauge of what a session has only while it is up. */
export const whileUp = (name: string, help: string, value: Value): Family<SessionLines> =>
  ofEach('gauge', name, help, (session, now) =>
    session.status === 'up' ? value(session, now) : null,
  );
