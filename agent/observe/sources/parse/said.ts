import { redact } from '../../../model/redaction.ts';
import { printable } from '../../../model/text/printable.ts';
import { unsetId } from '../../../model/witnessed.ts';

/** A line of evidence is cut to this (agent/explain/wording.ts). */
const maxText = 200;

/** Names of the kernel have 15 bytes; paths of programs and units at most a few hundred. */
const maxName = 256;

/** Text of others as one line of evidence: without secrets and without what a terminal would obey. */
export const said = (text: string): string => printable(redact(text).text).slice(0, maxText);

/** A name of others: of a process, a unit, a user, a cgroup. */
export const named = (name: string): string => printable(name).slice(0, maxName);

/** A whole number that is not negative; null: it is none. */
export const countOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;

export const uidOf = (text: string | undefined): number | null => {
  const uid = countOf(text);
  return uid === unsetId ? null : uid;
};
