import type { Explanations } from './explanation.ts';

export const logExplanations: Explanations<'log'> = {
  'log.quarantined': {
    subject: "Holdfast's log of events was damaged or removed",
    meaning:
      'The database was set aside or gone, and a new one was made of what could be read. Sessions are not affected. Events may be missing, and subscribers are told which.',
    look: 'Look for what damaged it: `journalctl -k -p warning` for the disk, and who else writes below /var/lib/holdfast. Keep the file that was set aside until you know.',
  },
  'log.degraded': {
    subject: 'The disk took no events of Holdfast',
    meaning:
      'Supervision went on and events waited in memory. This entry was sent when they were stored at last; at the time itself there was a line in the process log of the agent.',
    look: '`df -h /var/lib/holdfast` and `df -i /var/lib/holdfast`; the code in the entry names the error (ENOSPC: full, EROFS: read-only, EIO: the disk).',
  },
  'log.recovered': {
    subject: 'The disk takes events of Holdfast again',
    meaning: 'What had waited in memory is stored.',
    look: 'Nothing has to be done. `holdfast status` says so if events had to be given up.',
  },
};
