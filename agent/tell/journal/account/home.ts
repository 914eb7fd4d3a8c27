import { unitsServer } from '../../../model/unit-state.ts';
import type { Subject } from '../subject.ts';

/** What bots live in, and what checks look at: a session, or a unit. */
export const homeText = ({ session, server }: { session: string; server: string }): string =>
  `${server === unitsServer ? 'unit' : 'session'} ${session}`;

interface Named {
  session: string;
  server: string;
}

/** The same, with why it is told of. */
export const ofNamed = ({ session, server }: Named, reason: string): Subject => ({
  session: [session],
  server,
  reason,
});

/** A life of one. */
export const ofLife = ({ session, server, life }: Named & { life: string }): Subject => ({
  session: [session],
  server,
  life,
});
