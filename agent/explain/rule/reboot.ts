import type { Rule } from '../evidence.ts';
import { line, sessionsText, verdict } from '../wording.ts';

export const reboot: Rule = {
  name: 'reboot',
  sentence: 'The boot id changed: the machine went down with everything on it.',
  judge: ({ reboot: host, deaths }) => {
    if (!host) return null;
    const at = deaths[0]?.found ?? 0;
    return verdict({
      cause: host.clean ? 'shutdown' : 'host-crash',
      scope: 'host',
      confidence: host.clean ? 'certain' : 'likely',
      summary: host.clean
        ? `the machine was shut down and started again; ${sessionsText(deaths.length)} ended with it`
        : `the machine went down without stopping Holdfast first; ${sessionsText(deaths.length)} ended with it`,
      evidence: [
        line(at, 'boot-id', 'the boot id is another than when the sessions were last seen'),
      ],
      missing: ['who or what took the machine down'],
    });
  },
};
