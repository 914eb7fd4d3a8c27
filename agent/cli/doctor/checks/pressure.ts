import { type Check, findingsOf } from '../check.ts';

const { ok, warn } = findingsOf('pressure');

const fix =
  'echo \'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX psi=1"\' | sudo tee /etc/default/grub.d/psi.cfg && sudo update-grub && sudo reboot';

/** Pressure stall information tells a machine that was starved from one that was idle. */
export const pressure: Check = (machine) =>
  machine.read('/proc/pressure/memory') === null
    ? [
        warn(
          {
            title: 'the kernel tells no pressure (PSI)',
            detail: 'a death record cannot say whether memory, processor or disk were short',
          },
          fix,
        ),
      ]
    : [ok({ title: 'the kernel tells pressure (PSI)', detail: '' })];
