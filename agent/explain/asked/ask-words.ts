import type { Evidence } from '../evidence.ts';

const maxWords = 60;

/** systemctl(1): a name without a suffix is that of a service. */
const ofUnit = (unit: string): string[] =>
  unit.endsWith('.service') ? [unit, unit.slice(0, -'.service'.length)] : [unit];

/** Logins by their number, and users by number and name: loginctl(1) takes either. */
export interface LoginNames {
  logins: ReadonlySet<string>;
  users: ReadonlySet<string>;
}

/** Which logins, and whose, these units are. */
export const loginNames = (
  units: readonly string[],
  users: Evidence['users'] = {},
): LoginNames & { uids: ReadonlySet<number> } => {
  const found = (shape: RegExp): string[] =>
    units.flatMap((unit) => shape.exec(unit)?.slice(1).find(Boolean) ?? []);
  const uids = new Set(found(/^user(?:-(\d+)\.slice|@(\d+)\.service)$/).map(Number));
  const names = [...uids].flatMap((uid) => [String(uid), users[uid] ?? []].flat());
  return { logins: new Set(found(/^session-([^/]+)\.scope$/)), users: new Set(names), uids };
};

/** By what a command that asks for the end of one of these units may name it; never more than can be asked about. */
export const askWords = (units: readonly string[], users?: Evidence['users']): string[] => {
  const { logins, users: people } = loginNames(units, users);
  return [...new Set([...units.flatMap(ofUnit), ...logins, ...people])].slice(0, maxWords);
};
