import type { DeathRecord } from '../model/events/death.ts';
import type { EvidenceLine, Verdict } from '../model/events/incident.ts';
import type { Evidence, Rule } from './evidence.ts';
import { isCrash, isLimit, signalName } from './signals.ts';

const senderUnseen =
  'who sent it: no kernel tracing is connected, and tmux does not know the sender of a signal';

const verdict = (part: Partial<Verdict> & Pick<Verdict, 'cause' | 'summary'>): Verdict => ({
  scope: 'session',
  confidence: 'certain',
  signal: null,
  exitStatus: null,
  evidence: [],
  missing: [],
  ...part,
});

const sessionsText = (count: number): string => (count === 1 ? '1 session' : `${count} sessions`);

const line = (at: number, source: string, text: string): EvidenceLine => ({
  at,
  source,
  text: text.slice(0, 200),
});

const reboot: Rule = {
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

const serverKilled: Rule = {
  name: 'server-killed',
  sentence: 'The server process is gone and its control client got no goodbye.',
  judge: ({ serverEnd, server, deaths }) => {
    if (serverEnd?.how !== 'killed') return null;
    return verdict({
      cause: 'signal',
      scope: 'server',
      confidence: 'possible',
      summary: `the tmux server "${server.name}" was killed without a goodbye, by a signal it cannot catch or by a crash of its own; ${sessionsText(deaths.length)} ended with it`,
      evidence: [line(serverEnd.at, 'tmux', serverEnd.text || 'the connection broke')],
      missing: [
        'which signal: the server said nothing, so SIGKILL, the out-of-memory killer and a crash look alike from here',
        senderUnseen,
      ],
    });
  },
};

const serverExited: Rule = {
  name: 'server-exited',
  sentence: 'The server said goodbye: kill-server, SIGTERM, or its last session ended.',
  judge: ({ serverEnd, server, deaths }) => {
    if (serverEnd?.how !== 'exited') return null;
    return verdict({
      cause: 'unknown',
      scope: 'server',
      confidence: 'possible',
      summary: `the tmux server "${server.name}" ended in an orderly way (kill-server or SIGTERM); ${sessionsText(deaths.length)} ended with it`,
      evidence: [line(serverEnd.at, 'tmux', `${serverEnd.text || '%exit'}: an orderly end`)],
      missing: [
        'whether kill-server or SIGTERM ended it: tmux says the same words for both',
        senderUnseen,
      ],
    });
  },
};

const absence = {
  live: 'nobody heard its last words',
  'link-down': 'no link was connected',
  'agent-down': 'the agent was not running',
} as const;

const serverGone: Rule = {
  name: 'server-gone',
  sentence: 'The server is gone and nobody heard how.',
  judge: ({ serverEnd, deaths, server }) => {
    if (!serverEnd) return null;
    const absent = absence[deaths[0]?.watched ?? 'live'];
    return verdict({
      cause: 'unknown',
      scope: 'server',
      confidence: 'possible',
      summary: `the tmux server "${server.name}" is gone, and ${absent} when it went; ${sessionsText(deaths.length)} ended with it`,
      evidence: [line(serverEnd.at, 'procfs', serverEnd.text || 'the server process is gone')],
      missing: [`how it ended: ${absent}`, senderUnseen],
    });
  },
};

/** One exit that speaks for the incident: the deaths of one incident share it or are told apart in the evidence. */
const firstExit = ({ deaths }: Evidence) => {
  for (const death of deaths) {
    if (death.exit) return { death, exit: death.exit };
  }
  return null;
};

const exitLines = ({ deaths }: Evidence): EvidenceLine[] =>
  deaths.slice(0, 20).map((death) => {
    const { exit } = death;
    const how = !exit
      ? 'no exit was recorded'
      : exit.signal === null
        ? `its last program exited with status ${exit.status ?? '?'}`
        : `its last program was ended by ${signalName(exit.signal)}`;
    return line(exit?.at ?? death.found, 'tmux', `${death.session}: ${how}`);
  });

const paneSignal: Rule = {
  name: 'pane-signal',
  sentence: "The session's last program was ended by a signal, which tmux recorded.",
  judge: (evidence) => {
    const found = firstExit(evidence);
    const number = found?.exit.signal;
    if (!found || number == null) return null;
    const name = signalName(number);
    const crash = isCrash(number);
    return verdict({
      cause: isLimit(number) ? 'rlimit' : crash ? 'program-crash' : 'signal',
      confidence: crash || isLimit(number) ? 'likely' : 'certain',
      summary: crash
        ? `the program of "${found.death.session}" crashed with ${name}`
        : `the program of "${found.death.session}" was ended by ${name}`,
      signal: { name, number },
      evidence: exitLines(evidence),
      missing: crash ? ['whether the signal came from the program itself'] : [senderUnseen],
    });
  },
};

const programExit: Rule = {
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

const removedByTmux: Rule = {
  name: 'removed-by-tmux',
  sentence:
    'The managed server lives and recorded no end of the last program: tmux itself took the session away.',
  judge: (evidence) => {
    const { server, serverEnd, deaths } = evidence;
    if (!server.managed || serverEnd || deaths.length === 0) return null;
    return verdict({
      cause: 'tmux-command',
      confidence: 'likely',
      summary: `tmux was told to remove ${deaths.length === 1 ? `the session "${deaths[0]?.session}"` : sessionsText(deaths.length)} (kill-session or the like): no program ended before it`,
      evidence: exitLines(evidence),
      missing: ['who gave the command: tmux keeps no record of it'],
    });
  },
};

const unwatched = (death: DeathRecord | undefined): string[] =>
  death && death.watched !== 'live' ? [`the moment itself: ${absence[death.watched]}`] : [];

const nothingKnown: Rule = {
  name: 'nothing-known',
  sentence: 'Nothing that can be seen from here tells the cause.',
  judge: ({ server, trouble, deaths }) =>
    verdict({
      cause: 'unknown',
      confidence: 'possible',
      summary: `${sessionsText(deaths.length)} on "${server.name}" ended and nothing seen from here tells why`,
      evidence: deaths
        .slice(0, 20)
        .map((death) =>
          line(death.found, 'tmux', `${death.session}: gone from the list of sessions`),
        ),
      missing: [
        ...unwatched(deaths[0]),
        ...(trouble ? [`tmux's own words: the server was ${trouble}`] : []),
        ...(server.managed
          ? []
          : [
              'how its programs ended: an adopted server is watched, not touched, and tmux alone keeps no exit status',
            ]),
        senderUnseen,
      ],
    }),
};

/** In order: what took more down is asked first. The last one always answers. */
export const rules: readonly Rule[] = [
  reboot,
  serverKilled,
  serverExited,
  serverGone,
  paneSignal,
  programExit,
  removedByTmux,
  nothingKnown,
];
