import type { StatusDocument } from '../../model/status/status.ts';
import { connect } from '../../protocol/client.ts';
import type { Terminal } from '../frame/terminal.ts';
import { type AgentWatch, watchAgent } from '../frame/watch-agent.ts';
import type { Child } from './child.ts';
import { type ChildOptions, startChild } from './children.ts';
import type { Display } from './display.ts';
import { createSettling } from './first-findings.ts';
import { liveLines } from './live-lines.ts';
import { eventNote, foundNotes, supervisingNote } from './notes.ts';
import { killServers, stopChildren, stopSessions } from './stop.ts';

export interface SupervisorOptions extends ChildOptions {
  exporter: boolean;
  /** Whether the kernel tells us who sends a signal: it tells root. */
  witness: boolean;
  /** Whether there is anybody for the notifier to tell; asked again when the configuration changes. */
  wantsNotifier(): Promise<boolean>;
  display: Display;
  terminal: Terminal;
  now(): number;
}

export interface Supervisor {
  /** Resolves when nothing of ours runs any more. */
  stop(options: { sessions: boolean; hurry: AbortSignal }): Promise<void>;
}

/** Asked this often while things start, ms. */
const startingMs = 100;

/** The newest event of the log before anything of this run is in it. */
const headOf = async (socket: string): Promise<number> => {
  const client = await connect(socket);
  return client
    .call('status', {})
    .then(({ seq }) => seq)
    .finally(() => client.close());
};

/** Runs agent, witness, link, exporter and notifier, and shows what the agent sees. */
export const startSupervisor = (options: SupervisorOptions): Supervisor => {
  const { display, paths, now } = options;
  const ended = new AbortController();
  const settle = createSettling();
  let watch: AgentWatch | null = null;
  let latest: StatusDocument | null = null;
  let starting = true;
  let eager: NodeJS.Timeout | undefined;
  // In the order they are stopped in: the agent last, so that it sees the others go.
  const children: Child[] = [];

  const onStatus = (document: StatusDocument): void => {
    latest = document;
    if (starting && settle(performance.now(), document)) {
      starting = false;
      clearInterval(eager);
      for (const note of foundNotes(document)) display.say(note);
      display.say(supervisingNote(document));
    }
    if (!starting) display.show(liveLines(document, now(), options.terminal));
  };

  const startAside = (name: 'exporter' | 'notifier' | 'witness'): void => {
    if (ended.signal.aborted || children.some((child) => child.name === name)) return;
    children.unshift(startChild(name, options, display.say, () => undefined));
  };

  const startOthers = (): void => {
    if (ended.signal.aborted) return;
    // Before there is anything to be killed.
    if (options.witness) startAside('witness');
    children.unshift(startChild('link', options, display.say, () => watch?.refresh()));
    if (options.exporter) startAside('exporter');
    void considerNotifier();
  };

  /** A configuration with a mistake has been refused by then, and said. */
  const considerNotifier = async (): Promise<void> => {
    if (await options.wantsNotifier().catch(() => false)) startAside('notifier');
  };

  const startWatching = async (): Promise<void> => {
    const after = await headOf(paths.agentSocket);
    if (ended.signal.aborted) return;
    watch = watchAgent({
      socket: paths.agentSocket,
      after,
      signal: ended.signal,
      onConnected: startOthers,
      onStatus,
      onEvent: ({ event }) => {
        const note = eventNote(event, starting);
        if (note) display.say(note);
        if (event.type === 'config.applied') void considerNotifier();
      },
    });
    eager = setInterval(() => watch?.refresh(), startingMs);
  };

  let first = true;
  const onAgentReady = (): void => {
    if (!first) return;
    first = false;
    startWatching().catch((error: Error) => {
      // It died again before it was asked: the next start is the first.
      first = true;
      display.say({ kind: 'warning', style: 'yellow', text: `agent: ${error.message}` });
    });
  };
  children.push(startChild('agent', options, display.say, onAgentReady));

  return {
    stop: async ({ sessions, hurry }) => {
      const startedAt = performance.now();
      clearInterval(eager);
      if (sessions && watch?.client) await stopSessions(watch.client).catch(() => undefined);
      ended.abort();
      await stopChildren(children, startedAt, hurry);
      await watch?.done;
      const managed = latest?.servers.filter((server) => server.managed) ?? [];
      if (sessions) await killServers(managed.map(({ socket }) => socket));
    },
  };
};
