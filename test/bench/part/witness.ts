import type { Part } from '../part.ts';
import { benchForkExec } from '../witness/fork-exec.ts';
import { benchHiddenKills } from '../witness/hidden-kills.ts';
import { benchMemory } from '../witness/memory.ts';
import { benchVerdicts } from '../witness/verdicts.ts';

export const witness: Part = {
  name: 'witness',
  about:
    'who killed: what the witness costs, how soon it is known, kills hidden among benign ends (root)',
  measure: async (effort) => {
    if (process.getuid?.() !== 0) {
      effort.progress('not measured: the kernel tells only root who sends a signal');
      return [];
    }
    return [
      ...(await benchForkExec(effort)),
      ...(await benchVerdicts(effort)),
      ...(await benchMemory(effort)),
      ...(await benchHiddenKills(effort)),
    ];
  },
};
