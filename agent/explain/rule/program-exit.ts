import type { Rule } from '../evidence.ts';
import { exitLines, firstExit } from '../exits.ts';
import { signalName } from '../signals.ts';
import { verdict } from '../wording.ts';

export const programExit: Rule = {
  name: 'program-exit',
  sentence: "The session's last program exited by itself, with a status tmux recorded.",
  judge: (evidence) => {
    const found = firstExit(evidence);
    if (!found || found.exit.status === null) return null;
    const { status } = found.exit;
    return verdict({
      cause: 'program-exit',
      summary: `the program of "${found.death.session}" exited by itself with status ${status}`,
      exitStatus: status,
      evidence: exitLines(evidence),
      missing:
        status > 128
          ? [
              `whether ${signalName(status - 128)} is meant: a shell reports a signal as 128 plus its number`,
            ]
          : [],
    });
  },
};
