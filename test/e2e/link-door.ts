import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Test } from 'tap';

type Way = 'to-link' | 'to-agent';

/** A way that is shut as soon as such a line comes, and what waits there. */
interface Shut {
  is(line: string): boolean;
  came(): void;
  lines: (() => void)[] | null;
}

/** Between agent and link: lines pass, until one is held, and with it all that come after it that way. */
export interface LinkDoor {
  /** Where the link dials. */
  readonly socket: string;
  /** Resolves when such a line came, and is held. What is held when either of them goes is never delivered. */
  hold(way: Way, is: (line: string) => boolean): Promise<void>;
  /** Lets pass what is held that way. */
  release(way: Way): void;
}

/** The request for a session to be created. */
export const isCreate =
  (session: string) =>
  (line: string): boolean =>
    line.includes('"session.create"') && line.includes(`"session":"${session}"`);

export const openDoor = async (
  t: Pick<Test, 'teardown'>,
  socket: string,
  agent: string,
): Promise<LinkDoor> => {
  const ways = new Map<Way, Shut>();

  const pass = (way: Way, line: string, to: Socket): void => {
    const deliver = (): void => void to.write(`${line}\n`);
    const shut = ways.get(way);
    if (shut && !shut.lines && shut.is(line)) {
      shut.lines = [];
      shut.came();
    }
    if (shut?.lines) shut.lines.push(deliver);
    else deliver();
  };

  const join = (from: Socket, to: Socket, way: Way): void => {
    const lines = createInterface({ input: from });
    lines.on('line', (line) => pass(way, line, to));
    // Its close follows.
    lines.on('error', () => undefined);
    from.on('close', () => {
      to.destroy();
      for (const [shut, { lines }] of ways) if (lines) ways.delete(shut);
    });
  };

  const server = createServer((link) => {
    const dialled = connect(agent);
    join(link, dialled, 'to-agent');
    join(dialled, link, 'to-link');
  });
  await once(server.listen(socket), 'listening');
  t.teardown(() => server.close());

  return {
    socket,
    hold: (way, is) =>
      new Promise((came) => {
        ways.set(way, { is, came, lines: null });
      }),
    release: (way) => {
      const lines = ways.get(way)?.lines ?? [];
      ways.delete(way);
      for (const deliver of lines) deliver();
    },
  };
};
