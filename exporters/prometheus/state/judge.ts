import type { Status } from './document.ts';
import type { StateError } from './reading.ts';

export interface Circumstances {
  /** ms since the epoch. */
  now: number;
  /** How long ago this version of the file was first seen, ms by a clock that never jumps. */
  seenForMs: number;
  staleAfterMs: number;
  /** Of the running kernel; null where it cannot be read. */
  bootId: string | null;
}

/** Wall clocks jump: a document "from the future" ages by how long we have been looking at it. */
export const heartbeatAge = (writtenAt: number, { now, seenForMs }: Circumstances): number =>
  Math.max(now - writtenAt, seenForMs);

const plain = (bootId: string): string => bootId.replaceAll('-', '').toLowerCase();

/** Where the agent could not read it, something else stands there. */
const isBootId = (text: string): boolean => /^[0-9a-f]{32}$/.test(plain(text));

const otherBoot = (document: Status, bootId: string | null): boolean =>
  bootId !== null && isBootId(document.bootId) && plain(document.bootId) !== plain(bootId);

/** Whether a well-formed document tells of now; null when it does. */
export const judge = (document: Status, circumstances: Circumstances): StateError | null => {
  if (otherBoot(document, circumstances.bootId)) {
    return { reason: 'previous-boot', detail: 'written before the machine last started' };
  }
  const ageMs = heartbeatAge(document.writtenAt, circumstances);
  if (ageMs <= circumstances.staleAfterMs) return null;
  return { reason: 'stale', detail: `the agent wrote it ${Math.round(ageMs / 1000)} s ago` };
};
