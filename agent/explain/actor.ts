import type { Actor } from '../model/events/incident.ts';
import { cutToJson, jsonBytes } from '../model/json-size.ts';
import type { SeenProcess } from '../model/witnessed.ts';
import type { Evidence } from './evidence.ts';
import { originOf } from './origin.ts';
import { unitOf } from './unit.ts';

/** What the parts of an actor may take of the 8 KiB of a verdict's event. */
const bytes = { comm: 60, cmdline: 400, name: 200, ancestor: 150, ancestry: 1200 };

const cut = (text: string | null, max: number): string | null =>
  text === null ? null : cutToJson(text, max);

const ancestryOf = ({ ancestry }: SeenProcess): Actor['ancestry'] => {
  let room = bytes.ancestry;
  return ancestry
    .map(({ pid, comm, cmdline }) => ({
      pid,
      comm: cutToJson(comm, bytes.comm),
      cmdline: cut(cmdline, bytes.ancestor),
    }))
    .filter((ancestor) => {
      room -= jsonBytes(ancestor);
      return room >= 0;
    });
};

/** Who a process is, for a verdict: what was seen of it, its user, its unit, and the session it came from. */
export const actorOf = (seen: SeenProcess, evidence: Evidence): Actor => ({
  pid: seen.pid,
  comm: cutToJson(seen.comm, bytes.comm),
  cmdline: cut(seen.cmdline, bytes.cmdline),
  uid: seen.uid,
  user: seen.uid === null ? null : cut(evidence.users?.[seen.uid] ?? null, bytes.name),
  unit: cut(unitOf(seen.cgroup), bytes.name),
  session: cut(originOf(seen, evidence)?.session ?? null, bytes.name * 2),
  ancestry: ancestryOf(seen),
});
