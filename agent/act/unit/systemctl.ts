import { Failure, messageOf } from '../../model/failure.ts';
import { systemctl as run, SystemctlError } from '../../os/systemctl.ts';

/** A start waits until the unit is up, a stop until it is down; a busy machine takes its time. ms */
const limitMs = 20_000;

export type JobMode = 'replace' | 'fail';

interface SystemctlOptions {
  /** ms */
  timeout?: number;
  mode?: JobMode;
  program?: string;
}

/**
 * Has systemd do one thing to one unit; polkit says whether it may.
 * @param options.mode what becomes of a job that is in the way (`--job-mode` of systemctl(1)): with `fail` it goes on, and we are
 * refused
 * @param options.program in its place, for tests
 * @throws Failure `unit-refused` with systemctl's own words; `unit-slow` where it takes longer: systemd goes on with it
 */
export const systemctl = async (
  verb: string,
  unit: string,
  { timeout = limitMs, mode = 'replace', program }: SystemctlOptions = {},
): Promise<void> => {
  const how = mode === 'fail' ? ['--job-mode=fail'] : [];
  try {
    await run(['--no-ask-password', ...how, verb, unit], timeout, program);
  } catch (cause) {
    const what = `systemctl ${verb} ${unit}`;
    if (cause instanceof SystemctlError && cause.isLate) {
      const said = `it takes longer than ${timeout / 1000} s; systemd goes on with it`;
      throw new Failure('unit-slow', `${what}: ${said}`, { cause });
    }
    throw new Failure('unit-refused', `${what}: ${messageOf(cause).slice(0, 300)}`, { cause });
  }
};
