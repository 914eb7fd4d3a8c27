import { access, constants, stat } from 'node:fs/promises';
import { codeOf, messageOf } from '../../model/failure.ts';
import { cutFacts } from './cut.ts';
import { readEnd } from './file-end.ts';
import { layoutOf, loginRecords } from './parse/login-records.ts';
import type { Availability, Source } from './source.ts';

const name = 'logins';

/** Records kept in sight: more than a day of a busy machine. */
const maxRecords = 5000;

export interface LoginFiles {
  /** `/var/log/wtmp` */
  wtmp: string;
  /** `/var/lib/wtmpdb/wtmp.db`, which took its place where time has to go beyond 2038. */
  wtmpdb: string;
}

const realFiles: LoginFiles = { wtmp: '/var/log/wtmp', wtmpdb: '/var/lib/wtmpdb/wtmp.db' };

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Nobody has written to it since it was made, or it is another file. */
const nothingKept = async (wtmpdb: string): Promise<Availability> => ({
  ok: false,
  why: (await exists(wtmpdb))
    ? 'logins are kept in wtmpdb here, which is not read'
    : 'nobody keeps wtmp here, nor wtmpdb',
  advice: 'nothing: logind tells of logins and of shutdowns, where it runs',
});

/**
 * Logins, logouts, starts and stops of the machine, as wtmp(5) has them.
 * @param arch of Node; the records of aarch64 are longer
 */
export const createLogins = (files = realFiles, arch: string = process.arch): Source => {
  const layout = layoutOf(arch);
  return {
    name,
    probe: async () => {
      try {
        if ((await stat(files.wtmp)).size < layout.size) return nothingKept(files.wtmpdb);
        await access(files.wtmp, constants.R_OK);
        return { ok: true };
      } catch (cause) {
        if (codeOf(cause) === 'ENOENT') return nothingKept(files.wtmpdb);
        const why = `wtmp cannot be read: ${messageOf(cause).slice(0, 120)}`;
        return { ok: false, why, advice: `sudo chmod a+r ${files.wtmp}` };
      }
    },
    ask: async ({ since, until }) => {
      const { found, cut } = await readEnd(files.wtmp, maxRecords * layout.size, layout.size);
      const records = loginRecords(found, layout, name);
      const facts = records.filter(({ at }) => at >= since && at <= until);
      // Records are in order of time: what is older than the span was not asked for.
      const isAll = records.some(({ at }) => at < since);
      return [...facts, ...cutFacts(name, until, isAll ? null : cut)];
    },
  };
};
