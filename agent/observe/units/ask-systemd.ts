import { Failure, messageOf } from '../../model/failure.ts';
import { systemctl } from '../../os/systemctl.ts';
import { properties, readShown, type Shown } from './shown.ts';

/** A manager that does not answer for so long is busy or gone. ms */
const limitMs = 5000;

/** Runs `systemctl` for what it prints. */
export type RunSystemctl = (args: readonly string[]) => Promise<string>;

const runSystemctl: RunSystemctl = (args) => systemctl(args, limitMs);

const whyOf = (cause: unknown): string =>
  messageOf(cause).trim().split('\n')[0]?.slice(0, 200) ?? '';

/** All units by one process. @throws Failure `systemd-silent` with what systemctl says, where there is no systemd to ask */
export const askSystemd = async (
  units: readonly string[],
  run: RunSystemctl = runSystemctl,
): Promise<Shown[]> => {
  const args = ['show', '--no-pager', '--timestamp=unix', `--property=${properties.join(',')}`];
  const text = await run([...args, '--', ...units]).catch((cause: unknown) => {
    throw new Failure('systemd-silent', whyOf(cause), { cause });
  });
  const shown = readShown(text, units);
  if (shown) return shown;
  throw new Failure('systemd-silent', 'systemctl printed something else than was asked for');
};
