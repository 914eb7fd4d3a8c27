import type { EvidenceLine } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { minuteBeforeMs } from '../minute-before.ts';
import { spanOf } from '../moments.ts';
import { quoted } from '../naming.ts';
import { type FactOf, factLine, factsOf, isBetween } from './facts.ts';

/** What is restarted for a run of packages is restarted in it or soon after it; its times are whole seconds. ms */
const afterMs = 60_000;

/** The run of packages that was going on at `at`, or was just over. */
export const packageRunAt = (evidence: Evidence, at: number): FactOf<'package-run'> | undefined =>
  factsOf(evidence, 'package-run').findLast(
    (run) => run.at <= at && (run.endedAt ?? at) >= at - afterMs,
  );

/** `12 packages were changed by apt ("/usr/bin/unattended-upgrade")` */
export const packageRunText = ({ packages, command }: FactOf<'package-run'>): string =>
  `${packages === 1 ? '1 package was' : `${packages} packages were`} changed by apt${command === '' ? '' : ` (${quoted(command, 60)})`}`;

/** A new tmux does not understand the server of an old one, and the old one's files are gone. */
const replacedTmux = (evidence: Evidence): FactOf<'package-change'> | undefined => {
  const { from, until } = spanOf(evidence.deaths);
  const isNear = isBetween(from - minuteBeforeMs, until);
  return factsOf(evidence, 'package-change').findLast(
    (change) => change.package === 'tmux' && isNear(change),
  );
};

/** `; tmux itself was replaced just before (3.3a-3 by 3.3a-4)`, or nothing. */
export const replacedText = (evidence: Evidence): string => {
  const change = replacedTmux(evidence);
  if (!change) return '';
  const { from, to, action } = change;
  if (action === 'remove') return '; the package of tmux was removed just before';
  return `; the package of tmux was replaced just before${from === null || to === null ? '' : ` (${quoted(from, 30)} by ${quoted(to, 30)})`}`;
};

export const replacedLines = (evidence: Evidence): EvidenceLine[] => {
  const change = replacedTmux(evidence);
  return change ? [factLine(change)] : [];
};
