import { collector } from '../collector.ts';
import { distinct } from '../distinct.ts';
import type { Labels, Sample } from '../family.ts';
import { stateSet } from '../family.ts';
import { labelValue } from '../label.ts';
import { type ServerLine, statuses } from '../state/document.ts';

/** Servers are few; this only bounds what a damaged document can do. */
const maxServers = 100;

interface Line {
  labels: Labels;
  server: ServerLine;
}

const toLine = (server: ServerLine): Line => ({
  labels: { server: labelValue(server.server) },
  server,
});

const serverLines = (servers: readonly ServerLine[]): Line[] =>
  distinct(servers.slice(0, maxServers).map(toLine), ({ labels }) => labels['server'] ?? '');

const each =
  (value: (server: ServerLine) => number | null) =>
  (lines: readonly Line[]): Sample[] =>
    lines.flatMap(({ labels, server }) => {
      const now = value(server);
      return now === null ? [] : [{ labels, value: now }];
    });

const hasProcess = ({ status }: ServerLine): boolean =>
  status === 'alive' || status === 'hung' || status === 'socket-lost';

/** No agent of this release says `unknown`; where another does, the server is neither up nor down. */
const whenKnown = (holds: (server: ServerLine) => boolean) =>
  each((server) => (server.status === 'unknown' ? null : Number(holds(server))));

const whileRunning = (value: (server: ServerLine) => number) =>
  each((server) => (hasProcess(server) ? value(server) : null));

export const server = collector({
  name: 'server',
  about: 'Each tmux server. `server` is its name in the configuration.',
  input: ({ state }) => state.document && serverLines(state.document.servers),
  families: [
    {
      name: 'holdfast_server_up',
      type: 'gauge',
      help: 'Whether the process of the server lives, be it hung or without its socket, as far as is known.',
      labels: ['server'],
      samples: whenKnown(hasProcess),
    },
    {
      name: 'holdfast_server_hung',
      type: 'gauge',
      help: 'Whether the server lives but does not answer, as far as is known.',
      labels: ['server'],
      samples: whenKnown(({ status }) => status === 'hung'),
    },
    {
      name: 'holdfast_server_status',
      type: 'gauge',
      help: 'Status of the server: 1 for the one that holds now.',
      labels: ['server', 'status'],
      samples: (lines) =>
        lines.flatMap(({ labels, server }) =>
          stateSet('status', statuses.server, server.status, labels),
        ),
    },
    {
      name: 'holdfast_server_info',
      type: 'gauge',
      help: 'Always 1; the labels give the version of tmux and whether Holdfast owns the server.',
      labels: ['server', 'version', 'managed'],
      samples: (lines) =>
        lines.map(({ labels, server: { version, managed } }) => ({
          labels: { ...labels, version: labelValue(version), managed: String(managed) },
          value: 1,
        })),
    },
    {
      name: 'holdfast_server_sessions',
      type: 'gauge',
      help: 'Sessions on the server; absent when it does not run.',
      labels: ['server'],
      samples: whileRunning(({ sessions }) => sessions),
    },
    {
      name: 'holdfast_server_processes',
      type: 'gauge',
      help: 'Processes of the server and its sessions; absent when it does not run.',
      labels: ['server'],
      samples: whileRunning(({ processes }) => processes),
    },
    {
      name: 'holdfast_server_memory_bytes',
      type: 'gauge',
      help: 'Resident memory of the server and its sessions; absent when it does not run.',
      labels: ['server'],
      samples: whileRunning(({ rssBytes }) => rssBytes),
    },
  ],
});
