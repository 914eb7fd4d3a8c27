import type { Login } from '../login.ts';

/** The units of ours that run and are not the sessions themselves. */
export const servicesOf = async (root: Login): Promise<string[]> => {
  const list = "systemctl list-units --plain --no-legend --state=running 'holdfast*.service'";
  const units = (await root.must(list)).split('\n').map((line) => line.split(' ')[0] ?? '');
  return units.filter((unit) => !unit.startsWith('holdfast-tmux@'));
};
