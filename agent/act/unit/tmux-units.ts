import { RequestFailure } from '../../model/failure.ts';
import { systemctl } from './systemctl.ts';

/** The units that run the managed servers, one per owner. Allowed to us by the polkit rule. */
export interface TmuxUnits {
  /** @throws Failure `unit-refused` with systemctl's own words */
  start(owner: string): Promise<void>;
  /** Makes the socket's directory and the socket again. @throws Failure `unit-refused` */
  reload(owner: string): Promise<void>;
}

/** What may stand in a unit's name unescaped (systemd.unit(5)). */
const isInstanceName = (owner: string): boolean => /^[A-Za-z0-9_.-]+$/.test(owner);

const ofOwner = async (verb: 'start' | 'reload', owner: string): Promise<void> => {
  if (!isInstanceName(owner)) {
    throw new RequestFailure('no-such-unit', `no unit can be named after the user "${owner}"`);
  }
  await systemctl(verb, `holdfast-tmux@${owner}.service`);
};

export const tmuxUnits: TmuxUnits = {
  start: (owner) => ofOwner('start', owner),
  reload: (owner) => ofOwner('reload', owner),
};
